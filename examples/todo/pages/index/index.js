import {
  FILTERS,
  addTodo,
  changeTodo,
  removeTodo,
  visibleTodos,
} from '../../utils/store';

const app = getApp();

Page({
  data: {
    filters: FILTERS,
    filter: 'all',
    draft: '',
    visible: [],
    open: 0,
    total: 0,
  },

  onLoad({ filter = 'all' }) {
    this.setData({ filter });
  },

  // Also after the detail page changed something.
  onShow() {
    this.show(app.globalData.todos);
  },

  show(todos) {
    this.setData({
      visible: visibleTodos(todos, this.data.filter),
      open: visibleTodos(todos, 'open').length,
      total: todos.length,
    });
  },

  onDraft({ detail: { value } }) {
    this.setData({ draft: value });
  },

  onAdd() {
    const title = this.data.draft.trim();
    if (!title) {
      ft.showToast({ title: '请先写点什么', icon: 'none' });
      return;
    }
    this.show(app.commit(addTodo(app.globalData.todos, title, Date.now())));
    this.setData({ draft: '' });
  },

  onFilter({ currentTarget: { dataset } }) {
    this.setData({ filter: dataset.filter });
    this.show(app.globalData.todos);
  },

  onToggle({ currentTarget: { dataset }, detail }) {
    this.show(
      app.commit(
        changeTodo(app.globalData.todos, dataset.id, { done: detail.done }),
      ),
    );
  },

  onRemove({ currentTarget: { dataset } }) {
    const todo = app.globalData.todos.find(({ id }) => id === dataset.id);
    ft.showModal({
      title: '删除',
      content: `确定删除“${todo.title}”吗？`,
      success: ({ confirm }) => {
        if (confirm) {
          this.show(app.commit(removeTodo(app.globalData.todos, todo.id)));
        }
      },
    });
  },

  onClearDone() {
    this.show(app.commit(visibleTodos(app.globalData.todos, 'open')));
  },

  onOpen({ currentTarget: { dataset } }) {
    ft.navigateTo({ url: `/pages/detail/detail?id=${dataset.id}` });
  },
});
