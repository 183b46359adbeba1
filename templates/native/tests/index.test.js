// `fcc run` runs every tests/*.test.js in the simulator.

describe('the first page', () => {
  let page;

  beforeEach(async () => {
    page = await app.reLaunch('/pages/index/index');
  });

  it('greets whoever gives a name', async () => {
    const hello = await page.$('.hello');
    expect(await hello.text()).toBe('Hello FinClip!');
    await (await page.$('.name')).input(' Ada ');
    expect(await hello.text()).toBe('Hello Ada!');
  });

  it('counts up to the limit', async () => {
    const stepper = await page.$('stepper');
    const more = await stepper.$('.more');
    for (let tap = 0; tap < 5; tap += 1) {
      await more.tap();
    }
    expect(await page.data('count')).toBe(3);
    expect(await (await page.$('.full')).text()).toBe('that is all');
  });
});
