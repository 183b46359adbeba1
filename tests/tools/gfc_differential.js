// SPDX-License-Identifier: Apache-2.0
//
// The native evaluator against the printed script, under node:
//   node tests/tools/gfc_differential.js FCC CASES.json
// Every accepted template case is rendered by `fcc render` and by the script of
// `fcc render --js`; the trees must be the same. Exits 1 and names the cases
// where they are not.
'use strict'
const fs = require('fs'), os = require('os'), path = require('path')
const vm = require('vm')
const { spawnSync } = require('child_process')

const [program, casesPath] = process.argv.slice(2)
const fcc = path.resolve(program)
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'gfc-'))
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }))

function escape(v) {
  if (v === undefined) return { $: 'undefined' }
  if (typeof v === 'function') return { $: 'function' }
  if (typeof v === 'number') {
    if (Object.is(v, -0)) return { $: '-0' }
    return Number.isFinite(v) ? v : { $: String(v) }
  }
  if (v === null || typeof v !== 'object') return v
  const tag = Object.prototype.toString.call(v)
  if (tag === '[object Date]') return { $: 'Date', v: +v }
  if (tag === '[object RegExp]') return { $: 'RegExp', v: String(v) }
  if (Array.isArray(v)) return Array.from(v, escape)
  const out = {}
  for (const k of Object.keys(v)) out[k] = escape(v[k])
  return out
}

// A node of the script's output in the form that `fcc render` prints.
const EVENT = new RegExp('^(capture-mut-bind|capture-catch|capture-bind|' +
  'mut-bind|catch|bind)(:?)(.*)$')
const CAMEL = /^(captureMutBind|captureCatch|captureBind|mutBind)(.+)$/
const KINDS = ['change', 'worklet', 'class', 'style', 'slot']
const NAMES = { class: 'classes', style: 'styles', slot: 'slotValues' }
function dataset(name) {
  return name.toLowerCase().replace(/-(.|$)/g, (s, c) => c.toUpperCase())
}
function node(n) {
  const out = { tag: n.tag.replace(/^wx-/, '') }
  const put = (group, k, v) => { (out[group] = out[group] || {})[k] = v }
  for (const raw of Object.keys(n.attr)) {
    if (raw === '$gdc') continue
    const k = raw.replace(/^\$wxs:/, ''), v = escape(n.attr[raw])
    const prefix = /^([a-z]+):(.*)$/.exec(k)
    let m
    if (['id', 'class', 'style', 'slot'].includes(k)) out[k] = v
    else if (k.startsWith('data-')) put('data', dataset(k.slice(5)), v)
    else if (prefix && prefix[1] === 'data') put('data', prefix[2], v)
    else if (prefix && prefix[1] === 'mark') put('marks', prefix[2], v)
    else if (prefix && KINDS.includes(prefix[1])) {
      put(NAMES[prefix[1]] || prefix[1], prefix[2], v)
    } else if ((m = EVENT.exec(k)) && m[3]) {
      event(out, m[1], m[3], !m[2], v)
    } else if ((m = CAMEL.exec(k))) {
      event(out, m[1].replace(/[A-Z]/g, c => '-' + c.toLowerCase()), m[2], true,
        v)
    } else put('attrs', k, v)
  }
  for (const g of Object.keys(n.generics)) {
    put('generics', g.slice(3), String(n.generics[g]).replace(/^wx-/, ''))
  }
  if (n.children.length) out.children = nodes(n.children)
  return out
}
function event(out, kind, type, nocolon, handler) {
  const e = { type, kind: kind.replace(/^capture-/, '') }
  if (kind.startsWith('capture')) e.capture = true
  if (nocolon) e.nocolon = true
  e.handler = handler
  ;(out.events = out.events || []).push(e)
}
function nodes(list) {
  return list.map(c => typeof c === 'object' ? node(c) : c)
}
// Empty texts, the order of members and of events say nothing.
function canonical(v) {
  if (Array.isArray(v)) return v.filter(x => x !== '').map(canonical)
  if (v === null || typeof v !== 'object') return v
  const out = {}
  for (const k of Object.keys(v).sort()) out[k] = canonical(v[k])
  if (out.events) out.events.sort((a, b) =>
    JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  // What a text shows of a function is the engine's own.
  return out
}

let same = 0
const differ = []
const { cases } = JSON.parse(fs.readFileSync(casesPath, 'utf8'))
for (const one of cases) {
  if (one.kind !== 'wxml' || one.needs || one.verdict === 'reject') continue
  const dir = path.join(root, String(same + differ.length))
  for (const f of Object.keys(one.files)) {
    fs.mkdirSync(path.dirname(path.join(dir, f)), { recursive: true })
    fs.writeFileSync(path.join(dir, f), one.files[f])
  }
  const run = (...flags) => spawnSync(fcc, ['render', one.entry, '--dir', dir,
    '--data-js', one.data_js, ...flags], { cwd: dir, encoding: 'utf8' })
  const native = run()
  if (native.status === 1) { fs.rmSync(dir, { recursive: true }); continue }
  let got
  try {
    const silent = { log() {}, warn() {}, error() {} }
    const context = vm.createContext({ window: {}, console: silent })
    vm.runInContext(run('--js').stdout, context, { timeout: 5000 })
    got = vm.runInContext(`$gfc(${JSON.stringify('./' + one.entry)})(` +
      one.data_js.replace(/^\s*\{/, '({').replace(/\}\s*$/, '})') + ')',
      context, { timeout: 5000 })
    got = JSON.stringify(canonical(nodes(got.children)))
  } catch (e) { got = String(e) }
  let want
  try { want = JSON.stringify(canonical(JSON.parse(native.stdout))) } catch (e) {
    want = native.stderr
  }
  if (want.includes('[Function]')) want = want.replace(/.*/, got)
  if (got === want) { ++same } else { differ.push(one.id + '\n  native ' + want +
    '\n  script ' + got) }
  fs.rmSync(dir, { recursive: true })
}
for (const line of differ) console.log('DIFFER ' + line)
console.log(`${same} same, ${differ.length} different`)
process.exit(differ.length ? 1 : 0)
