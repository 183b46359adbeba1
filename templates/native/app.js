App({
  onLaunch() {
    const launches = (ft.getStorageSync('launches') || 0) + 1;
    ft.setStorageSync('launches', launches);
    this.globalData.launches = launches;
  },

  globalData: { launches: 0 },
});
