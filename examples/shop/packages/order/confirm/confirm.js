import { createOrder } from '../../../utils/api';

Page({
  data: { lines: [], total: 0, busy: false },

  onLoad() {
    this.channel = this.getOpenerEventChannel();
    this.channel.on('lines', ({ lines, total }) => this.setData({ lines, total }));
  },

  async onSubmit() {
    this.setData({ busy: true });
    try {
      const items = this.data.lines.map(({ product: { id }, quantity }) => ({
        id,
        quantity,
      }));
      const { order } = await createOrder(items);
      getApp().cart.clear();
      wx.navigateBack();
      this.channel.emit('paid', { order });
    } catch (error) {
      wx.showModal({ title: '提交失败', content: error.message, showCancel: false });
    } finally {
      this.setData({ busy: false });
    }
  },
});
