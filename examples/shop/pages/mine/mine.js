const CITIES = ['北京', '上海', '深圳'];

Page({
  data: { count: 0, cities: CITIES, city: 0 },

  onShow() {
    const city = Math.max(0, CITIES.indexOf(wx.getStorageSync('city')));
    this.setData({ count: getApp().cart.count, city });
  },

  onCity({ detail: { value } }) {
    const city = Number(value);
    wx.setStorageSync('city', CITIES[city]);
    this.setData({ city });
  },
});
