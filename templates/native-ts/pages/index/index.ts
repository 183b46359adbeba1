import type { GlobalData } from '../../app';

const app = getApp<{ globalData: GlobalData }>();

Page({
  data: { name: '', count: 0, launches: 0 },

  onLoad() {
    this.setData({ launches: app.globalData.launches });
  },

  onName({ detail }: EventDetail<{ value: string }>) {
    this.setData({ name: detail.value.trim() });
  },

  onCount({ detail }: EventDetail<{ value: number }>) {
    this.setData({ count: detail.value });
  },
});
