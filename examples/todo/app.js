import { loadTodos, saveTodos } from './utils/store';

App({
  globalData: { todos: [], launches: 0 },

  onLaunch() {
    this.globalData.launches += 1;
    this.globalData.todos = loadTodos();
  },

  /** Replaces the list, keeps it, and gives it back. */
  commit(todos) {
    this.globalData.todos = todos;
    saveTodos(todos);
    return todos;
  },
});
