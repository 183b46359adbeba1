const KEY = 'todos';

export const FILTERS = ['all', 'open', 'done'];

/** What storage holds, or an empty list when it holds nothing usable. */
export function loadTodos() {
  const kept = ft.getStorageSync(KEY);
  return Array.isArray(kept) ? kept : [];
}

export function saveTodos(todos) {
  ft.setStorageSync(KEY, todos);
}

export const addTodo = (todos, title, now) => [
  ...todos,
  { id: nextId(todos), title, done: false, note: '', created: now },
];

export const changeTodo = (todos, id, change) =>
  todos.map((todo) => (todo.id === id ? { ...todo, ...change } : todo));

export const removeTodo = (todos, id) => todos.filter((todo) => todo.id !== id);

export function visibleTodos(todos, filter) {
  switch (filter) {
    case 'open':
      return todos.filter(({ done }) => !done);
    case 'done':
      return todos.filter(({ done }) => done);
    default:
      return todos;
  }
}

function nextId(todos) {
  return todos.reduce((last, { id }) => Math.max(last, id), 0) + 1;
}
