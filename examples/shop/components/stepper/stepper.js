const limits = Behavior({
  properties: {
    min: { type: Number, value: 1 },
    max: { type: Number, value: 99 },
  },
  methods: {
    clamp(value) {
      return Math.min(this.data.max, Math.max(this.data.min, value));
    },
  },
});

Component({
  behaviors: [limits],

  properties: {
    value: { type: Number, value: 1 },
  },

  methods: {
    onStep({ currentTarget }) {
      const value = this.clamp(this.data.value + currentTarget.dataset.by);
      if (value !== this.data.value) {
        this.setData({ value });
        this.triggerEvent('change', { value });
      }
    },
  },
});
