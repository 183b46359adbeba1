const app = getApp();

Page({
  data: { name: '', count: 0, launches: 0 },

  onLoad() {
    this.setData({ launches: app.globalData.launches });
  },

  onName({ detail }) {
    this.setData({ name: detail.value.trim() });
  },

  onCount({ detail }) {
    this.setData({ count: detail.value });
  },
});
