import { fetchProducts } from '../../utils/api';

Page({
  data: { products: [], loading: false, finished: false, error: '' },

  async onLoad() {
    await this.load(1);
  },

  async onPullDownRefresh() {
    await this.load(1);
    wx.stopPullDownRefresh();
  },

  async onReachBottom() {
    if (!this.data.loading && !this.data.finished) {
      await this.load(this.page + 1);
    }
  },

  async load(page) {
    this.setData({ loading: true, error: '' });
    try {
      const { items, more } = await fetchProducts(page);
      this.page = page;
      const products = page === 1 ? items : [...this.data.products, ...items];
      this.setData({ products, finished: !more });
    } catch (error) {
      this.setData({ error: `加载失败：${error.message}` });
    } finally {
      this.setData({ loading: false });
    }
  },

  onRetry() {
    return this.load(1);
  },

  onProduct({ currentTarget }) {
    const { id } = currentTarget.dataset;
    wx.navigateTo({ url: `/packages/product/detail/detail?id=${id}` });
  },
});
