// SPDX-License-Identifier: Apache-2.0
//
// Random programs of components, ours against glass-easel:
//   NODE_PATH=MODULES node run.js FCC [SEED [COUNT [OPTIONS]]]
// MODULES is a node_modules with jsdom, glass-easel and its miniprogram adapter
// and template compiler. The tests hold traces of 0.21.4, which is not
// published: bundle its sources; an older one differs. OPTIONS is JSON: nest
// (loops in loops), model (two-way bindings), tmpl (templates), dynamic (slots
// that give values), ancestors (relations), dupKeys, novirtual.
//
// Known to differ, and left so: a template that is being rendered while its
// data changes; equal values inside of <template data>; items of one key, when
// another with that key changes. Exits 1 when a program differs; one alone is
// shown where it does, as with V=1.
//
// glass-easel tells an observer of a behaviour once for each way that leads to
// it, exparser once: no program has a behaviour twice.
'use strict'
const fs = require('fs'),
  path = require('path'),
  { spawnSync } = require('child_process')
const generate = require('./programs.js')
const { JSDOM } = require('jsdom')
const w = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true })
  .window
for (const k of [
  'window',
  'document',
  'Event',
  'CustomEvent',
  'Element',
  'Node',
  'HTMLElement',
  'DocumentFragment',
  'Text',
  'MutationObserver',
])
  global[k] = k === 'window' ? w : w[k]
const ge = require('glass-easel'),
  adapter = require('glass-easel-miniprogram-adapter')
const { TmplGroup } = require('glass-easel-template-compiler')
const silent = () => {}
const norm = h =>
  h
    .replace(/<(\/?[\w-]+)[^>]*>/g, '<$1>')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ')
    .replace(/null|undefined/g, '')
function underGe(p) {
  const lines = []
  const T = s => lines.push(s)
  const env = new adapter.MiniProgramEnv()
  const cs = env.createCodeSpace('', true)
  const ab = env.associateBackend()
  const tmpl = s => {
    const g = new TmplGroup()
    g.addTmpl('', s)
    const l = new Function('return ' + g.getTmplGenObjectGroups())()
    return { groupList: l, content: l[''] }
  }
  let shared
  const names = ['S', 'LIVE', 'J', 'N', 'H', 'BASE', 'RI', 'RB', 'B', 'root']
  cs.componentEnv('shared', ({ Behavior }) => {
    shared = new Function(
      'T',
      'Behavior',
      p.prelude +
        p.shared +
        `return {${names.map(n => n + ': ' + (n === 'root' ? 'function() { return ROOT; }' : n)).join(', ')}, step: function(f) { return eval('(function() {' + f + '})()'); }}`,
    )(T, Behavior)
  })
  for (const c of p.comps) {
    cs.addComponentStaticConfig(c.name, c.json)
    cs.addCompiledTemplate(c.name, tmpl(c.wxml))
    cs.componentEnv(c.name, ({ Component }) => {
      new Function('T', 'Component', ...names.slice(0, 9), c.js)(
        T,
        Component,
        ...names.slice(0, 9).map(n => shared[n]),
      )
    })
  }
  const errors = []
  const old = { warn: console.warn, error: console.error, log: console.log }
  console.warn = silent
  console.error = (...a) =>
    errors.push(
      a
        .map(x => (x && x.stack) || String(x))
        .join(' ')
        .slice(0, 300),
    )
  try {
    const root = ab.createRoot('glass-easel-root', cs, 'root')
    const comp = root.getComponent()
    const ph = document.createElement('span'),
      parent = document.createElement('div')
    parent.appendChild(ph)
    root.attach(parent, ph)
    const composed = n => {
      let r = ''
      const walk = x => {
        if (!x.forEachComposedChild) {
          r += x.textContent
          return
        }
        const host = ge.Component.isComponent(x) ? x.general() : x
        const tag = ge.NativeNode.isNativeNode(x)
          ? x.is
          : ge.Component.isComponent(x) && !x.getComponentOptions().virtualHost
            ? x.tagName
            : null
        if (tag) r += '<' + tag + '>'
        x.forEachComposedChild(c => {
          walk(c)
        })
        if (tag) r += '</' + tag + '>'
      }
      n.forEachComposedChild(c => {
        walk(c)
      })
      return r
    }
    const html = () => T('view ' + norm(composed(comp)))
    html()
    p.steps.forEach((s, i) => {
      T('-- ' + i + ' ' + s)
      try {
        shared.step(s)
      } catch (e) {
        T('!!')
        errors.push(String(e.stack).slice(0, 300))
      }
      html()
    })
    T('-- detach')
    root.release()
  } finally {
    Object.assign(console, old)
  }
  return { lines, errors }
}
function underFcc(p, fcc, dir) {
  fs.rmSync(dir, { recursive: true, force: true })
  fs.mkdirSync(path.join(dir, 'tests'), { recursive: true })
  const put = (f, s) => fs.writeFileSync(path.join(dir, f), s)
  put(
    'project.config.json',
    JSON.stringify({ appid: 'x', compileType: 'miniprogram', setting: {} }),
  )
  put('app.json', JSON.stringify({ pages: ['last', 'root'] }))
  put('app.js', 'App({})')
  put('last.json', '{}')
  put('last.wxml', '')
  put('last.js', 'Page({})')
  put(
    'shared.js',
    'var LINES = []; function T(s) { LINES.push(s); }\n' +
      p.prelude +
      p.shared +
      `\nmodule.exports = {S: S, LIVE: LIVE, J: J, N: N, H: H, BASE: BASE, RI: RI, RB: RB, B: B, T: T, take: function() { return LINES.splice(0).join('\\n'); }, steps: [${p.steps.map(s => 'function() {' + s + '}').join(',\n')}]};`,
  )
  const head =
    'var X = require("./shared.js"), T = X.T, S = X.S, LIVE = X.LIVE, J = X.J, N = X.N, H = X.H, BASE = X.BASE, RI = X.RI, RB = X.RB, B = X.B;\n'
  for (const c of p.comps) {
    put(c.name + '.json', JSON.stringify(c.json))
    put(c.name + '.wxml', c.wxml)
    put(
      c.name + '.js',
      head +
        (c.name === 'root'
          ? c.js.replace(
              'methods: {',
              'methods: {__step: function(i) { try { X.steps[i](); } catch (e) { T("!!"); } return X.take(); }, __take: function() { return X.take(); }, ',
            )
          : c.js),
    )
  }
  put(
    'tests/d.test.js',
    `
it('runs', async () => {
  let out = ''
  const page = await app.reLaunch('/root')
  const html = async () => { const v = await page.wxml(); out += '\\nview ' + v }
  out += await page.callMethod('__take'); await html()
  const steps = ${JSON.stringify(p.steps)}
  for (let i = 0; i < steps.length; ++i) { const t = await page.callMethod('__step', i); out += '\\n-- ' + i + ' ' + steps[i] + (t ? '\\n' + t : ''); await html() }
  console.log('@@@' + out + '@@@')
})`,
  )
  const r = spawnSync(fcc, ['run', '-v', '--timeout', '100000', dir], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const all = r.stdout + r.stderr
  const m = /@@@([\s\S]*?)@@@/.exec(all)
  return {
    lines: m
      ? m[1]
          .split('\n')
          .map(l => l.trim())
          .map(l => (l.startsWith('view ') ? 'view ' + norm(l.slice(5)) : l))
          .filter(l => l !== '')
      : [],
    all,
  }
}
const fcc = process.argv[2],
  first = +process.argv[3] || 1,
  count = +process.argv[4] || 1,
  opt = JSON.parse(process.argv[5] || '{}')
const root = fs.mkdtempSync(path.join(require('os').tmpdir(), 'components-'))
let bad = 0
for (let seed = first; seed < first + count; ++seed) {
  const p = generate(seed, opt)
  let a, b
  try {
    a = underGe(p)
  } catch (e) {
    console.log(
      'seed',
      seed,
      'ge failed',
      e.stack.split('\n').slice(0, 3).join('|'),
    )
    continue
  }
  b = underFcc(p, fcc, root + (count > 1 ? '/many' : '/' + seed))
  const cut = a.lines.indexOf('-- detach')
  const want = a.lines.slice(0, cut < 0 ? undefined : cut).map(l => l.trim())
  let i = 0
  while (i < want.length && want[i] === b.lines[i]) ++i
  if (i < want.length || b.lines.length !== want.length) {
    bad++
    console.log(`== seed ${seed}: differs at ${i} of ${want.length}`)
    if (count === 1 || process.env.V) {
      let s = i
      while (s > 0 && !want[s].startsWith('-- ')) --s
      console.log('   ' + want[s])
      for (let k = Math.max(s + 1, i - 6); k < i; ++k)
        console.log('   ' + want[k])
      for (let k = i; k < Math.min(i + 6, want.length); ++k)
        console.log(' G ' + want[k])
      for (let k = i; k < Math.min(i + 6, b.lines.length); ++k)
        console.log(' F ' + b.lines[k])
      if (!b.lines.length) console.log(b.all.slice(0, 1500))
      if (a.errors.length && process.env.E)
        console.log('  GE errors: ' + a.errors.slice(0, 3).join('\n   '))
    }
  }
}
console.log(`${count} programs, ${bad} differ`)
if (count > 1) fs.rmSync(root, { recursive: true, force: true })
else console.log(root)
process.exitCode = bad ? 1 : 0
