import { fetchProduct } from '../../../utils/api';

Page({
  data: { product: null, quantity: 1, error: '' },

  async onLoad({ id }) {
    try {
      const product = await fetchProduct(id);
      this.setData({ product });
      wx.setNavigationBarTitle({ title: product.title });
    } catch ({ message, status }) {
      this.setData({ error: status === 404 ? '商品已下架' : message });
    }
  },

  onQuantity({ detail }) {
    this.setData({ quantity: detail.value });
  },

  onBuy() {
    const { product, quantity } = this.data;
    getApp().cart.add(product, quantity);
    wx.showToast({ title: '已加入购物车', icon: 'success' });
  },
});
