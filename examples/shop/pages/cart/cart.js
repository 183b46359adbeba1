const { cart } = getApp();

Page({
  data: { lines: [], count: 0, total: 0 },

  onLoad() {
    this.unsubscribe = cart.subscribe(() => this.show());
  },

  onShow() {
    this.show();
  },

  onUnload() {
    this.unsubscribe();
  },

  show() {
    const { lines, count, total } = cart;
    this.setData({
      lines: lines.map((line) => ({ ...line, id: line.product.id })),
      count,
      total,
    });
  },

  onQuantity({ currentTarget, detail }) {
    const { product } = this.data.lines[currentTarget.dataset.index];
    cart.set(product, detail.value);
  },

  onPay() {
    wx.navigateTo({
      url: '/packages/order/confirm/confirm',
      events: {
        paid: ({ order }) => wx.showToast({ title: `订单 ${order} 已提交` }),
      },
      success: ({ eventChannel }) => {
        eventChannel.emit('lines', { lines: cart.lines, total: cart.total });
      },
    });
  },
});
