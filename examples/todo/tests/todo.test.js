// Runs with `fcc run examples/todo`.

const titles = async (page) => {
  const items = await page.$$('todo-item');
  return Promise.all(items.map(async (item) => (await item.$('.title')).text()));
};

const add = async (page, title) => {
  const input = await page.$('.composer-input');
  await input.input(title);
  await (await page.$('.composer-add')).tap();
};

describe('待办列表', () => {
  let page;

  beforeEach(async () => {
    await app.callWxMethod('clearStorageSync');
    page = await app.restart('/pages/index/index');
  });

  it('starts empty and says so', async () => {
    expect(page.path).toBe('pages/index/index');
    expect(await titles(page)).toEqual([]);
    expect(await (await page.$('.empty')).text()).toBe('今天没有待办，真好');
  });

  it('adds what was typed and clears the field', async () => {
    await add(page, '  买牛奶 ');
    expect(await titles(page)).toEqual(['买牛奶']);
    expect(await (await page.$('.composer-input')).value()).toBe('');
    expect(await (await page.$('.summary')).text()).toContain('还剩 1 项，共 1 项');
  });

  it('refuses an empty title', async () => {
    await page.callMethod('onAdd');
    expect(app.toasts()).toEqual([
      expect.objectContaining({ title: '请先写点什么', icon: 'none' }),
    ]);
  });

  it('ticks one off, filters, and clears what is done', async () => {
    for (const title of ['一', '二', '三']) {
      await add(page, title);
    }
    const [, second] = await page.$$('todo-item');
    await (await second.$('.check')).tap();
    expect(await page.data('open')).toBe(2);

    const [, open, done] = await page.$$('.filter');
    await open.tap();
    expect(await titles(page)).toEqual(['一', '三']);
    await done.tap();
    expect(await titles(page)).toEqual(['二']);
    expect(await done.attribute('class')).toContain('filter-on');

    await (await page.$('.clear')).tap();
    expect(await titles(page)).toEqual([]);
    expect(await (await page.$('.empty')).text()).toBe('这里空空如也');
  });

  it('asks before it deletes', async () => {
    await add(page, '旧事');
    const item = await page.$('todo-item');

    app.answerModal({ confirm: false });
    await (await item.$('.remove')).tap();
    expect(await titles(page)).toEqual(['旧事']);

    app.answerModal({ confirm: true });
    await (await item.$('.remove')).tap();
    expect(await titles(page)).toEqual([]);
  });

  it('edits on the detail page and shows it on the way back', async () => {
    await add(page, '写报告');
    await (await page.$('todo-item')).tap();

    const detail = await app.currentPage();
    expect(detail.path).toBe('pages/detail/detail');
    expect(detail.query).toEqual({ id: '1' });
    await (await detail.$('.title')).input('写周报');
    await (await detail.$('.note')).input('周五之前');
    await (await detail.$('.save')).tap();

    expect((await app.currentPage()).path).toBe('pages/index/index');
    expect(await titles(page)).toEqual(['写周报']);
    const item = await page.$('todo-item');
    expect(await (await item.$('.note')).text()).toBe('周五之前');
  });

  it('keeps the list over a restart', async () => {
    await add(page, '明天的事');
    page = await app.restart('/pages/index/index');
    expect(await titles(page)).toEqual(['明天的事']);
  });

  it('shows the day an item was made', async () => {
    app.setTime('2026-03-08T10:00:00');
    await add(page, '今天');
    expect(await (await page.$('.day')).text()).toBe('3月8日');
  });
});
