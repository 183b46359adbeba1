Component({
  properties: {
    value: { type: Number, value: 0 },
    min: { type: Number, value: 0 },
    max: { type: Number, value: 10 },
  },

  methods: {
    onLess() {
      this.change(this.data.value - 1);
    },

    onMore() {
      this.change(this.data.value + 1);
    },

    change(value: number) {
      const { min, max } = this.data;
      if (value >= min && value <= max) {
        this.triggerEvent('change', { value });
      }
    },
  },
});
