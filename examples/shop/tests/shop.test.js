// Runs with `fcc run examples/shop` once `npm install` brought weui-miniprogram.

const TEA = { id: 7, title: '龙井', image: '/tea.png', price: 12800, original: 16000, stock: 3 };
const CUP = { id: 9, title: '茶杯', image: '/cup.png', price: 123456, stock: 10 };
const API = 'https://shop.example.com/api';

describe('小店', () => {
  beforeEach(async () => {
    await app.callWxMethod('clearStorageSync');
    app.mockRequest({ url: `${API}/products`, method: 'GET' }, ({ data }) => ({
      data: data.page === 1 ? { items: [TEA], more: true } : { items: [CUP], more: false },
    }));
    app.mockRequest({ url: `${API}/products/7` }, { data: TEA });
    app.mockRequest({ url: `${API}/products/404` }, { statusCode: 404, data: { message: 'gone' } });
  });

  it('lists products with formatted prices and loads more at the bottom', async () => {
    const page = await app.restart('/pages/home/home');
    await app.idle();
    const prices = async () =>
      Promise.all((await page.$$('.price')).map((price) => price.text()));
    expect(await prices()).toEqual(['¥128.00']);
    expect(await (await page.$('.discount')).text()).toBe('8折');

    await page.callMethod('onReachBottom');
    await app.idle();
    expect(await prices()).toEqual(['¥128.00', '¥1,234.56']);
    expect(await (await page.$('.more')).text()).toBe('没有更多了');
  });

  it('shows what went wrong and tries again', async () => {
    app.mockRequest({ url: `${API}/products` }, { fail: 'request:fail timeout' });
    const page = await app.restart('/pages/home/home');
    await app.idle();
    expect(await (await page.$('.hint')).text()).toContain('request:fail timeout');

    app.mockRequest({ url: `${API}/products` }, { data: { items: [CUP], more: false } });
    await (await page.$('.retry')).tap();
    await app.idle();
    expect((await page.$$('.product')).length).toBe(1);
  });

  it('opens a product of a sub-package and puts it into the cart', async () => {
    const home = await app.restart('/pages/home/home');
    await app.idle();
    await (await home.$('.product')).tap();
    await app.idle();

    const detail = await app.currentPage();
    expect(detail.path).toBe('packages/product/detail/detail');
    expect(app.navigationBarTitle()).toBe('龙井');
    const stepper = await detail.$('stepper');
    for (let i = 0; i < 5; i += 1) {
      await (await stepper.$('.plus')).tap();
    }
    expect(await detail.data('quantity')).toBe(3);
    expect(await (await detail.$('.price')).text()).toBe('¥384.00');

    await (await detail.$('.buy')).tap();
    expect(app.tabBar().list[1].badge).toBe('3');
  });

  it('says when a product is gone', async () => {
    const page = await app.restart('/packages/product/detail/detail?id=404');
    await app.idle();
    expect(await (await page.$('.hint')).text()).toBe('商品已下架');
  });

  it('changes the cart and orders it', async () => {
    await app.restart('/packages/product/detail/detail?id=7');
    await app.idle();
    await (await (await app.currentPage()).$('.buy')).tap();

    const cart = await app.switchTab('/pages/cart/cart');
    expect((await cart.$$('mp-cell')).length).toBe(1);
    const stepper = await cart.$('stepper');
    await (await stepper.$('.plus')).tap();
    expect(await (await cart.$('.total')).text()).toBe('¥256.00');

    await (await cart.$('.pay')).tap();
    const confirm = await app.currentPage();
    expect(confirm.path).toBe('packages/order/confirm/confirm');
    expect(await (await confirm.$('.header')).text()).toBe('共 1 种商品');

    const orders = [];
    app.mockRequest({ url: `${API}/orders`, method: 'POST' }, ({ data }) => {
      orders.push(data);
      return { data: { order: 'A-1' } };
    });
    await (await confirm.$('.submit')).tap();
    await app.idle();
    expect(orders).toEqual([{ items: [{ id: 7, quantity: 2 }] }]);
    expect((await app.currentPage()).path).toBe('pages/cart/cart');
    expect(await (await cart.$('.hint')).text()).toBe('购物车是空的');
    expect(app.toasts()).toContainEqual(expect.objectContaining({ title: '订单 A-1 已提交' }));
  });

  it('remembers the city', async () => {
    await app.restart('/pages/mine/mine');
    const page = await app.currentPage();
    await (await page.$('picker')).trigger('change', { value: 2 });
    expect(await (await page.$('picker')).text()).toBe('收货城市：深圳');
    expect(await app.callWxMethod('getStorageSync', 'city')).toBe('深圳');
    await (await page.$('navigator')).tap();
    expect((await app.currentPage()).path).toBe('pages/home/home');
  });
});
