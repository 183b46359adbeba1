export interface GlobalData {
  launches: number;
}

App({
  globalData: { launches: 0 } as GlobalData,

  onLaunch() {
    const launches = (ft.getStorageSync<number>('launches') || 0) + 1;
    ft.setStorageSync('launches', launches);
    this.globalData.launches = launches;
  },
});
