Component({
  properties: {
    todo: { type: Object, value: {} },
  },

  data: { hasNote: false },

  observers: {
    'todo.note'(note) {
      this.setData({ hasNote: Boolean(note) });
    },
  },

  methods: {
    onToggle() {
      this.triggerEvent('toggle', { done: !this.data.todo.done });
    },
    onRemove() {
      this.triggerEvent('remove');
    },
  },
});
