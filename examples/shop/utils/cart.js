const KEY = 'cart';

/** What the customer wants to buy, kept over restarts. */
export default class Cart {
  static load() {
    return new Cart(wx.getStorageSync(KEY) || []);
  }

  listeners = [];

  constructor(lines) {
    this.lines = lines;
  }

  get count() {
    return this.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** In cents, as every amount here. */
  get total() {
    return this.lines.reduce(
      (sum, { product, quantity }) => sum + product.price * quantity,
      0,
    );
  }

  add(product, quantity = 1) {
    const line = this.lines.find((each) => each.product.id === product.id);
    this.set(product, (line?.quantity ?? 0) + quantity);
  }

  set(product, quantity) {
    const others = this.lines.filter(({ product: { id } }) => id !== product.id);
    const at = this.lines.findIndex((line) => line.product.id === product.id);
    if (quantity > 0) {
      others.splice(at < 0 ? others.length : at, 0, { product, quantity });
    }
    this.keep(others);
  }

  clear() {
    this.keep([]);
  }

  subscribe(listener) {
    this.listeners.push(listener);
    return () => {
      this.listeners = this.listeners.filter((each) => each !== listener);
    };
  }

  keep(lines) {
    this.lines = lines;
    wx.setStorageSync(KEY, lines);
    for (const listener of this.listeners) {
      listener(this);
    }
  }
}
