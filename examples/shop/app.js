import Cart from './utils/cart';

App({
  onLaunch() {
    this.cart = Cart.load();
    this.cart.subscribe((cart) => this.showCount(cart));
    this.showCount(this.cart);
  },

  /** The badge on the cart's tab. */
  showCount({ count }) {
    if (count > 0) {
      wx.setTabBarBadge({ index: 1, text: `${Math.min(count, 99)}` });
    } else {
      wx.removeTabBarBadge({ index: 1 });
    }
  },
});
