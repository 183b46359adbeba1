// SPDX-License-Identifier: Apache-2.0
//
// A host of mini programs that is just enough to see what scripts do:
//   node host.js app|library DIR [HOME]
// Packages that scripts require are looked up from HOME, as they are.
// Everything a script tells the host (definitions, setData, events, API calls,
// console, errors) is printed, one line each. Clock, timers and random numbers
// are the same in every run.
'use strict'
const fs = require('fs'), path = require('path'), vm = require('vm')
const [kind, dir, home = dir] = process.argv.slice(2)

const print = (...parts) => process.stdout.write(parts.join(' ') + '\n')

// Values as text: functions by name and length only where they are the
// program's, cycles cut.
function show(value, depth = 0, seen = new Set()) {
  if (typeof value === 'function') return 'function'
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 500))
  if (typeof value === 'symbol') return 'symbol'
  if (value === null || typeof value !== 'object') {
    return Object.is(value, -0) ? '-0' : String(value)
  }
  const tag = Object.prototype.toString.call(value)
  if (/Error\]$/.test(tag) || typeof value.stack === 'string') {
    return `${value.name}: ${plainMessage(value.message)}`
  }
  if (tag === '[object RegExp]' || tag === '[object Date]') return String(value)
  if (seen.has(value)) return '(cycle)'
  if (depth > 7) return '…'
  seen.add(value)
  const inner = Array.isArray(value)
      ? '[' + Array.from(value, v => show(v, depth + 1, seen)).join() + ']'
      : '{' + Object.keys(value).map(k => {
        let v
        try { v = show(value[k], depth + 1, seen) } catch (e) { v = 'threw' }
        return k + ':' + v
      }).join() + '}'
  seen.delete(value)
  return inner
}
// Engines name variables in messages, and short names differ.
function plainMessage(text) {
  if (process.env.HOST_MESSAGES) return text
  return /is not|Cannot|undefined|before init|already been/.test(String(text))
      ? '(engine)' : String(text)
}
function attempt(what, fn) {
  try { return fn() } catch (error) { print(what, 'threw', show(error)) }
}

// ---- Time ----
let now = 1700000000000, nextTimer = 1
const timers = []
function addTimer(fn, ms, every, args) {
  const delay = Math.max(0, Number(ms) || 0)
  timers.push({ id: nextTimer, at: now + delay, fn, every: every && delay + 1,
                args, order: nextTimer })
  return nextTimer++
}
function clearTimer(id) {
  const at = timers.findIndex(t => t.id === id)
  if (at >= 0) timers.splice(at, 1)
}
// setImmediate of node itself runs when all promise jobs are done.
const jobsDone = () => new Promise(done => setImmediate(done))
async function advance(ms) {
  const end = now + ms
  await jobsDone()
  for (let n = 0; n < 3000; ++n) {
    timers.sort((a, b) => a.at - b.at || a.order - b.order)
    const timer = timers[0]
    if (!timer || timer.at > end) break
    timers.shift()
    now = Math.max(now, timer.at)
    if (timer.every) {
      timer.at = now + timer.every
      timers.push(timer)
    }
    attempt('timer', () => timer.fn(...timer.args))
    await jobsDone()
  }
  now = end
}

// ---- The world of the scripts ----
let seed = 1
const sandbox = {
  __now: () => now,
  __random: () => (seed = (seed * 16807) % 2147483647) / 2147483647,
  setTimeout: (fn, ms, ...args) => addTimer(fn, ms, false, args),
  setInterval: (fn, ms, ...args) => addTimer(fn, ms, true, args),
  clearTimeout: clearTimer,
  clearInterval: clearTimer,
  console: {},
}
for (const name of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group',
                    'groupEnd', 'time', 'timeEnd', 'table']) {
  sandbox.console[name] =
      (...args) => print('console.' + name, ...args.map(a => show(a)))
}
const context = vm.createContext(sandbox)
const sameTime = `
  Math.random = __random;
  (function (RealDate) {
    Date = class Date extends RealDate {
      constructor(...a) { a.length ? super(...a) : super(__now()) }
      static now() { return __now() }
    };
  })(Date);`
vm.runInContext(sameTime, context)
// Packages that the host loads for the scripts live in its own realm.
Object.assign(globalThis, { __now: sandbox.__now, __random: sandbox.__random })
vm.runInThisContext(sameTime)

const system = {
  SDKVersion: '3.4.0', model: 'sim', platform: 'devtools', pixelRatio: 2,
  windowWidth: 375, windowHeight: 667, screenWidth: 375, screenHeight: 667,
  statusBarHeight: 20, language: 'en', version: '8.0.0', system: 'iOS 16',
  brand: 'sim', fontSizeSetting: 16, theme: 'light',
  safeArea: { top: 0, left: 0, right: 375, bottom: 667, width: 375,
              height: 667 },
}
function chain() {
  const target = function () {}
  return new Proxy(target, {
    get: (t, key) => key === Symbol.toPrimitive ? () => '' :
        typeof key === 'symbol' || key === 'then' ? undefined : chain(),
    apply: () => chain(),
  })
}
const sync = {
  getSystemInfoSync: () => system, getWindowInfo: () => system,
  getDeviceInfo: () => system, getAppBaseInfo: () => system,
  getSystemSetting: () => ({}), getAppAuthorizeSetting: () => ({}),
  getStorageSync: () => '', setStorageSync() {}, removeStorageSync() {},
  getLaunchOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
  getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
  getMenuButtonBoundingClientRect: () =>
      ({ top: 4, bottom: 36, left: 281, right: 368, width: 87, height: 32 }),
  getAccountInfoSync: () => ({ miniProgram: { appId: 'x' } }),
  canIUse: () => true,
  nextTick: fn => addTimer(fn, 0, false, []),
}
const apis = `request showToast hideToast showLoading hideLoading showModal
  showActionSheet navigateTo navigateBack redirectTo switchTab reLaunch
  stopPullDownRefresh setStorage getStorage removeStorage getSystemInfo
  getNetworkType login onAppShow onAppHide offAppShow offAppHide onError
  onUnhandledRejection onPageNotFound onThemeChange offThemeChange
  onWindowResize offWindowResize onMemoryWarning onNetworkStatusChange
  onKeyboardHeightChange offKeyboardHeightChange setNavigationBarTitle
  setNavigationBarColor pageScrollTo getLocation openLocation getSetting
  authorize connectSocket onSocketOpen downloadFile uploadFile chooseImage
  chooseMedia chooseVideo chooseMessageFile previewImage previewMedia
  getImageInfo getUserInfo getUserProfile requestPayment setClipboardData
  getClipboardData makePhoneCall scanCode vibrateShort reportAnalytics
  getScreenBrightness setKeepScreenOn openSetting openDocument saveFile
  createSelectorQuery createIntersectionObserver createInnerAudioContext
  createCanvasContext createAnimation createVideoContext createMapContext
  createOffscreenCanvas getUpdateManager getFileSystemManager getLogManager
  canvasToTempFilePath getAuthSetting tradePay alert confirm prompt
  getStorageInfo navigateToMiniProgram hideKeyboard`.split(/\s+/)
const wx = { env: { USER_DATA_PATH: 'u' } }
for (const name of Object.keys(sync)) {
  wx[name] = (...args) => {
    print('wx.' + name, ...args.map(a => show(a)))
    return sync[name](...args)
  }
}
for (const name of apis) {
  wx[name] = options => {
    if (/^(create|get.*Manager$)/.test(name)) return chain()
    print('wx.' + name, show(options))
    if (!options || typeof options !== 'object') return undefined
    addTimer(() => {
      const result = { errMsg: name + ':ok', ...system, statusCode: 200,
                       data: { items: [{ id: 1, name: 'r', price: 3,
                                         tags: ['t'] }], ok: true } }
      const answer = name === 'getStorage' ? options.fail : options.success
      if (answer) attempt(name, () => answer(result))
      if (options.complete) options.complete(result)
    }, 5, false, [])
    return { abort() {}, onProgressUpdate() {} }
  }
}
sandbox.wx = sandbox.my = wx
sandbox.global = {}
let app
const stack = [], definitions = []
let loading = ''
function define(kind, options) {
  const definition = { kind, options: options || {}, path: loading }
  definitions.push(definition)
  print(kind, loading, show(options))
  return definition
}
sandbox.App = options => { app = options; define('App', options) }
sandbox.getApp = () => app || (app = { globalData: {} })
sandbox.getCurrentPages = () => stack.slice()
sandbox.Page = options => { define('Page', options) }
sandbox.Component = options => { define('Component', options) }
sandbox.Behavior = options => { define('Behavior', options); return options }

// ---- Modules ----
const hostRequire = require('module').createRequire(__filename)
const modules = new Map()
const shadowed = ['window', 'document', 'self', 'location', 'navigator',
                  'localStorage', 'XMLHttpRequest']
function find(id) {
  for (const name of [id + '.js', id + '/index.js', id]) {
    const file = path.join(dir, name)
    if (fs.existsSync(file) && fs.statSync(file).isFile()) return name
  }
}
function load(name) {
  let module = modules.get(name)
  if (module) return module.exports
  const outer = loading
  module = { exports: {} }
  modules.set(name, module)
  loading = name.replace(/\.js$/, '')
  try {
    const text = fs.readFileSync(path.join(dir, name), 'utf8')
    if (name.endsWith('.json')) return module.exports = JSON.parse(text)
    const wrapper = vm.runInContext(
        `(function (require, module, exports, ${shadowed}) {${text}\n})`,
        context, { filename: name })
    const require = id => {
      const below = path.posix.join(path.posix.dirname(name), id)
      const found = find(id.startsWith('/') ? id.slice(1) : below)
      if (found) return load(found)
      if (/^[./]/.test(id)) throw new Error(`no module ${id}`)
      return hostRequire(hostRequire.resolve(id, { paths: [home] }))
    }
    require.async = id => Promise.resolve().then(() => require(id))
    wrapper.call(module.exports, require, module, module.exports)
  } catch (error) {
    // What a module left behind when it failed is nobody's business.
    modules.delete(name)
    throw error
  } finally {
    loading = outer
  }
  return module.exports
}

// ---- Instances ----
function clone(value) {
  const text = JSON.stringify(value)
  return text === undefined ? value : JSON.parse(text)
}
function setPath(data, key, value) {
  const keys = key.replace(/\[(\d+)\]/g, '.$1').split('.').filter(Boolean)
  let at = data
  keys.slice(0, -1).forEach((k, i) => {
    if (at[k] === undefined || at[k] === null) {
      at[k] = /^\d+$/.test(keys[i + 1]) ? [] : {}
    }
    at = at[k]
  })
  at[keys[keys.length - 1]] = value
}
function behaviorsOf(options) {
  const all = []
  for (const behavior of options.behaviors || options.mixins || []) {
    if (behavior && typeof behavior === 'object') {
      all.push(...behaviorsOf(behavior))
    }
  }
  return all.concat(options)
}
const initial = { String: '', Number: 0, Boolean: false, Array: [], Object: null }
function create(definition) {
  const parts = behaviorsOf(definition.options)
  const self = { data: {}, properties: {}, route: definition.path, options: {},
                 is: definition.path, id: '', dataset: {} }
  for (const part of parts) {
    Object.assign(self.data, clone(
        typeof part.data === 'function' ? {} : part.data))
    for (const [name, p] of Object.entries(part.properties || {})) {
      const type = typeof p === 'function' ? p : p && p.type
      self.data[name] = p && typeof p === 'object' && 'value' in p
          ? clone(p.value) : clone(initial[type && type.name])
      self.properties[name] = self.data[name]
    }
    if (part.props) self.props = { ...self.props, ...part.props }
    for (const [name, value] of Object.entries(part)) {
      if (typeof value === 'function') self[name] = value
    }
    Object.assign(self, part.methods)
  }
  let sets = 0
  self.setData = (data, done) => {
    print('setData', definition.path, show(data))
    if (++sets > 200) throw new Error('too many setData')
    for (const key of Object.keys(data || {})) {
      attempt('path', () => setPath(self.data, key, clone(data[key])))
    }
    if (done) addTimer(() => done.call(self), 0, false, [])
  }
  self.triggerEvent = (name, detail) => {
    print('event', definition.path, name, show(detail))
  }
  for (const name of ['createSelectorQuery', 'createIntersectionObserver',
                      'animate', 'applyAnimatedStyle']) {
    self[name] = () => chain()
  }
  self.selectComponent = self.selectOwnerComponent = () => null
  self.selectAllComponents = self.getRelationNodes = () => []
  self.getPageId = () => 1
  self.getTabBar = () => null
  return { self, parts, definition }
}
function call(instance, name, ...args) {
  for (const part of instance.parts) {
    const fn = (part.lifetimes && part.lifetimes[name]) || part[name]
    if (typeof fn === 'function') {
      attempt(instance.definition.path + ' ' + name,
              () => fn.apply(instance.self, args))
    }
  }
}
async function live(definition, query) {
  const instance = create(definition)
  const { self, parts } = instance
  call(instance, 'created')
  call(instance, 'attached')
  call(instance, 'onInit')
  stack.push(self)
  if (self.onLoad) attempt('onLoad', () => self.onLoad(query))
  if (self.onShow) attempt('onShow', () => self.onShow())
  for (const part of parts) {
    for (const [key, fn] of Object.entries(part.observers || {})) {
      if (typeof fn !== 'function') continue
      const values = key.split(',').map(
          k => k.trim() === '**' ? self.data : self.data[k.trim()])
      attempt(`observer ${key}`, () => fn.apply(self, values))
    }
    for (const [key, p] of Object.entries(part.properties || {})) {
      const fn = p && p.observer
      const method = typeof fn === 'string' ? self[fn] : fn
      if (typeof method === 'function') {
        attempt(`observer ${key}`,
                () => method.call(self, self.data[key], undefined))
      }
    }
  }
  call(instance, 'ready')
  call(instance, 'didMount')
  if (self.onReady) attempt('onReady', () => self.onReady())
  await advance(300)
  return instance
}

// Every method once, as the handler of an event.
async function touch(instance) {
  const { self, parts } = instance
  const event = {
    type: 'tap', timeStamp: 1, detail: { value: 'v', current: 0, x: 1, y: 2 },
    target: { id: 't', dataset: { index: 0, value: 1 } },
    currentTarget: { id: 't', dataset: { index: 0, value: 1 } },
    touches: [{ pageX: 1, pageY: 2, clientX: 1, clientY: 2 }],
    changedTouches: [{ pageX: 9, pageY: 2, clientX: 9, clientY: 2 }],
  }
  for (const part of parts) {
    for (const name of Object.keys(part.methods || {})) {
      if (typeof self[name] !== 'function') continue
      attempt(`${instance.definition.path} ${name}`, () => {
        const result = self[name](event)
        print('method', instance.definition.path, name, show(result))
        if (result && typeof result.catch === 'function') {
          result.catch(error => print('rejected', name, show(error)))
        }
      })
    }
  }
  call(instance, 'detached')
  await advance(300)
}

async function runApp() {
  const config = JSON.parse(fs.readFileSync(path.join(dir, 'app.json')))
  attempt('app.js', () => load('app.js'))
  if (app && app.onLaunch) {
    attempt('onLaunch', () => app.onLaunch({ path: '', query: {}, scene: 1 }))
  }
  if (app && app.onShow) {
    attempt('app.onShow', () => app.onShow({ path: '', query: {}, scene: 1 }))
  }
  await advance(10)
  const routes = config.pages.slice()
  for (const part of config.subPackages || config.subpackages || []) {
    routes.push(...part.pages.map(p => `${part.root}/${p}`))
  }
  const seen = new Set()
  function loadWithComponents(route) {
    if (seen.has(route)) return
    seen.add(route)
    const json = path.join(dir, route + '.json')
    const own = fs.existsSync(json) ? JSON.parse(fs.readFileSync(json)) : {}
    for (const used of Object.values(own.usingComponents || {})) {
      const below = path.posix.join(path.posix.dirname(route), used)
      const target = used.startsWith('/') ? used.slice(1) : below
      if (fs.existsSync(path.join(dir, target + '.js'))) {
        loadWithComponents(target)
      }
    }
    attempt(route, () => load(route + '.js'))
  }
  routes.forEach(loadWithComponents)
  for (const route of routes) {
    const definition = definitions.find(
        d => d.path === route && d.kind !== 'Behavior')
    if (!definition) {
      print('no page', route)
      continue
    }
    print('open', route)
    const page = await live(definition, { id: '7' })
    for (const [key, value] of Object.entries(page.self.data)) {
      if (typeof value === 'string' && typeof page.self[value] === 'function') {
        print('handler', key)
        attempt(key, () => page.self[value](
            { type: 'tap', target: { dataset: {} }, detail: { value: 'x' },
              currentTarget: { dataset: {} } }))
        await advance(50)
      }
    }
    if (page.self.eh && page.self.data.root) {
      await tapEverything(page.self)
    }
    print('data', route, show(page.self.data))
  }
}

// Taro: every node that can be named takes a tap.
async function tapEverything(page) {
  const ids = []
  const walk = node => {
    if (!node || typeof node !== 'object') return
    if (node.sid) ids.push(node.uid || node.sid)
    if (Array.isArray(node.cn)) node.cn.forEach(walk)
  }
  walk(page.data.root)
  for (const id of ids.slice(0, 60)) {
    const target = { id, dataset: { sid: id } }
    attempt('tap', () => page.eh(
        { type: 'tap', timeStamp: 1, target, currentTarget: target,
          mpEvent: {}, detail: {} }))
    await advance(20)
  }
}

async function runLibrary() {
  const names = []
  const walk = below => {
    for (const entry of fs.readdirSync(path.join(dir, below),
                                       { withFileTypes: true })) {
      const name = path.posix.join(below, entry.name)
      if (entry.isDirectory()) walk(name)
      else if (name.endsWith('.js')) names.push(name)
    }
  }
  walk('')
  for (const name of names.sort()) {
    attempt(name, () => {
      const exports = load(name)
      // The order of names is the compiler's own: nothing in a module says it.
      const sorted = exports && exports.__esModule
          ? Object.fromEntries(Object.keys(exports).sort()
              .map(k => [k, attempt(k, () => exports[k])])) : exports
      print('exports', name, show(sorted))
    })
    await jobsDone()
  }
  for (const definition of definitions.slice()) {
    if (definition.kind === 'Behavior' || definition.kind === 'App') continue
    print('live', definition.path)
    await touch(await live(definition, { id: '7' }))
  }
}

process.on('unhandledRejection', e => print('unhandled', show(e)))
;(kind === 'app' ? runApp : runLibrary)().catch(e => {
  print('host failed', show(e), e && e.stack)
  process.exitCode = 1
})
