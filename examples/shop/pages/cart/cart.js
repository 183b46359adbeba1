const app = getApp();

Page({
  data: { lines: [], count: 0, total: 0 },

  onLoad() {
    this.unsubscribe = app.cart.subscribe(() => this.show());
  },

  onShow() {
    this.show();
  },

  onUnload() {
    this.unsubscribe();
  },

  show() {
    const { lines, count, total } = app.cart;
    this.setData({
      lines: lines.map((line) => ({ ...line, id: line.product.id })),
      count,
      total,
    });
  },

  onQuantity({ currentTarget, detail }) {
    const { product } = this.data.lines[currentTarget.dataset.index];
    app.cart.set(product, detail.value);
  },

  onPay() {
    wx.navigateTo({
      url: '/packages/order/confirm/confirm',
      events: {
        paid: ({ order }) => wx.showToast({ title: `订单 ${order} 已提交` }),
      },
      success: ({ eventChannel }) => {
        eventChannel.emit('lines', { lines: app.cart.lines, total: app.cart.total });
      },
    });
  },
});
