// The names that a mini program's host gives to its scripts.

interface EventDetail<T> {
  detail: T;
}

declare const ft: {
  getStorageSync<T>(key: string): T | '';
  setStorageSync(key: string, value: unknown): void;
};

declare function App<T extends object>(options: T & ThisType<T>): void;
declare function getApp<T>(): T;

declare function Page<D extends object, T extends object>(
  options: { data: D } & T &
    ThisType<T & { data: D; setData(change: Partial<D>): void }>,
): void;

declare function Component<M extends object>(options: {
  properties: Record<string, unknown>;
  methods: M &
    ThisType<
      M & {
        data: Record<string, number>;
        triggerEvent(name: string, detail?: unknown): void;
      }
    >;
}): void;
