import { changeTodo } from '../../utils/store';

const app = getApp();

Page({
  data: { found: false, title: '', note: '', done: false },

  onLoad(query) {
    this.id = Number(query.id);
    const todo = app.globalData.todos.find(({ id }) => id === this.id);
    if (todo) {
      const { title, note, done } = todo;
      this.setData({ found: true, title, note, done });
    }
  },

  onNote({ detail }) {
    this.setData({ note: detail.value });
  },

  onDone({ detail }) {
    this.setData({ done: detail.value });
  },

  onSave() {
    const title = this.data.title.trim();
    if (!title) {
      ft.showToast({ title: '标题不能为空', icon: 'none' });
      return;
    }
    const { note, done } = this.data;
    app.commit(changeTodo(app.globalData.todos, this.id, { title, note, done }));
    ft.navigateBack();
  },
});
