// SPDX-License-Identifier: Apache-2.0
//
// Programs of components that nobody wrote: definitions, templates and the
// steps to take with them, as text that both sides run. What a program does is
// the lines it logs: lifetimes, observers, events, relations, data, queries.
'use strict'
module.exports = function generate(seed, opt) {
  let state = (seed * 2654435761) >>> 0 || 1
  const below = n => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % n
  }
  for (let i = 0; i < 8; ++i) below(2)
  const one = l => l[below(l.length)]
  const chance = p => below(100) < p
  const some = (n, f) => Array.from({ length: n }, (_, i) => f(i))
  const J = JSON.stringify
  const N = 3 + below(5)
  const comps = some(N, i => ({ name: 'c' + i, id: i }))
  comps.push({ name: 'root', id: N })
  const VALUES = [
    '0',
    '1',
    '2',
    '5',
    '"a"',
    '"b"',
    '""',
    'true',
    'false',
    'null',
    '[1,2]',
    '[]',
    '{x:1}',
    '{x:{y:2}}',
    '{}',
    '-1.5',
    '"12"',
  ]
  const value = () => one(VALUES)
  const EVENTS = ['ev', 'foo', 'tap']
  const NB = below(4)
  const reach = []
  const disjoint = list => {
    const seen = new Set()
    return list.filter(j => {
      if ([...reach[j]].some(k => seen.has(k))) return false
      reach[j].forEach(k => seen.add(k))
      return true
    })
  }
  const behaviors = []
  const observerKey = c =>
    one([
      'a',
      'b',
      'o',
      'o.x',
      'o.x.y',
      'o.**',
      'l',
      'l[0]',
      'p0',
      'p1',
      'a, b',
      'p0, p1',
      'o.x, a',
      '**',
      'l[1].k',
      'p2.x',
      'p2.**',
      'b,l',
    ])
  const lifetimes = (n, at) => {
    const names = ['created', 'attached', 'moved', 'detached'].filter(() =>
      chance(75),
    )
    return names.map(
      k =>
        `${k}: function() { T('${n}.${k} ' + this.__n); ${k === 'attached' && chance(20) ? action(2) : ''} }`,
    )
  }
  const setKeys = [
    'a',
    'b',
    'o',
    'o.x',
    'o.x.y',
    'o.z',
    'l',
    'l[0]',
    'l[1]',
    'l[2].k',
    'f',
    'g',
    'list',
    'p0',
    'p1',
    'p2',
    'p2.x',
    'list[0].n',
    'list[1]',
    'zz',
    'zz[1].q',
    '_a',
  ]
  const listValue = () =>
    '[' +
    some(below(5), () => {
      const k = one(['k1', 'k2', 'k3', 'k4', 'k5'])
      return `{k:'${k}',n:${below(4)}}`
    })
      .filter(
        (x, i, all) =>
          opt.dupKeys ||
          all.findIndex(y => y.slice(0, 7) === x.slice(0, 7)) === i,
      )
      .join(',') +
    ']'
  const setValue = k =>
    k === 'list'
      ? listValue()
      : k === 'f' || k === 'g'
        ? one(['true', 'false'])
        : k === 'list[1]'
          ? `{k:'${one(['k1', 'k6', 'k7'])}',n:9}`
          : k === 'o'
            ? one(['{x:{y:1}}', '{x:3}', '{}', '{x:{y:{}},z:[]}', 'null'])
            : k === 'l'
              ? one(['[1,2,3]', '[]', '[{k:1},{k:2}]'])
              : value()
  const patch = () => {
    const keys = new Set(some(1 + below(3), () => one(setKeys)))
    return '{' + [...keys].map(k => `${J(k)}: ${setValue(k)}`).join(', ') + '}'
  }
  const options = () =>
    one([
      'undefined',
      '{bubbles:true}',
      '{bubbles:true,composed:true}',
      '{composed:true}',
      '{bubbles:true,composed:true,capturePhase:true}',
      '{capturePhase:true}',
      '{bubbles:true,capturePhase:true}',
    ])
  // What a component does in a handler; S.left bounds what all of them do.
  function action(depth) {
    const what = below(5)
    if (what === 0) return `if (S.left-- > 0) this.setData(${patch()});`
    if (what === 1)
      return `if (S.left-- > 0) this.triggerEvent('${one(EVENTS)}', {n: ${below(9)}}, ${options()});`
    if (what === 2)
      return `if (S.left-- > 0) { this.setData({a: ${value()}}); this.setData(${patch()}); }`
    if (what === 3 && opt.group)
      return `if (S.left-- > 0) this.groupSetData(function() { this.setData(${patch()}); this.setData(${patch()}); }.bind(this));`
    return ''
  }
  const propType = () =>
    one(['String', 'Number', 'Boolean', 'Object', 'Array', 'null'])
  const propDef = (n, i) => {
    const type = propType()
    const parts = [`type: ${type}`]
    if (chance(50))
      parts.push(
        'value: ' +
          {
            String: '"s"',
            Number: '4',
            Boolean: 'true',
            Object: '{x:{y:0}}',
            Array: '[0]',
            null: '1',
          }[type],
      )
    if (chance(20))
      parts.push(
        `optionalTypes: [${one(['String', 'Number', 'Boolean', 'Object', 'Array'])}]`,
      )
    if (chance(40))
      parts.push(
        `observer: function(n, o) { T('${n}.p${i}.observer ' + this.__n + ' ' + J(o) + '->' + J(n)); ${chance(15) ? action(2) : ''} }`,
      )
    return chance(15) ? `p${i}: ${type}` : `p${i}: {${parts.join(', ')}}`
  }
  const observers = n => {
    const keys = new Set(some(below(4), observerKey))
    return [...keys].map(
      k =>
        `${J(k)}: function() { T('${n}[${k}] ' + this.__n + ' ' + J([].slice.call(arguments))); ${chance(20) ? action(2) : ''} }`,
    )
  }
  const pageLife = n =>
    chance(20) ? [`pageLifetimes: {show: function() { T('${n}.show'); }}`] : []
  function defParts(n, isB) {
    const parts = []
    const data = ['a', 'b', 'o', 'l']
      .filter(() => chance(isB ? 30 : 90))
      .map(k => {
        let v = setValue(k)
        if (v === 'null') v = '{}'
        return `${k}: ${v}`
      })
    if (!isB)
      data.push(
        `list: ${listValue()}`,
        `f: ${chance(50)}`,
        `g: ${chance(50)}`,
        '_a: 1',
      )
    if (isB && chance(50)) data.push(`own: {${n}: 1}`)
    parts.push(`data: {${data.join(', ')}}`)
    const props = some(3, i => i)
      .filter(() => chance(isB ? 20 : 70))
      .map(i => propDef(n, i))
    if (props.length) parts.push(`properties: {${props.join(', ')}}`)
    const obs = observers(n)
    if (obs.length) parts.push(`observers: {${obs.join(', ')}}`)
    const lt = lifetimes(n)
    if (chance(80)) parts.push(`lifetimes: {${lt.join(', ')}}`)
    if (chance(25)) parts.push(...lifetimes(n + '.old'))
    return parts
  }
  for (let i = 0; i < NB; ++i) {
    const parts = defParts('B' + i, true)
    const deps = disjoint(behaviors.map((_, j) => j).filter(() => chance(30)))
    reach.push(new Set([i, ...deps.flatMap(j => [...reach[j]])]))
    if (deps.length)
      parts.push(`behaviors: [${deps.map(j => `B[${j}]`).join(', ')}]`)
    parts.push(
      `methods: {m: function() { T('m of B${i}'); }, hb${i}: function(e) { H('B${i}.hb${i}', this, e); }}`,
    )
    behaviors.push(`B.push(Behavior({${parts.join(',\n  ')}}));`)
  }
  // templates
  const handlerOf = c => one(['h0', 'h1', 'h2', 'nohandler'])
  for (const c of comps) {
    const uses = comps.slice(0, c.id)
    c.uses = uses.filter(() => chance(70))
    if (!c.uses.length && uses.length) c.uses = [one(uses)]
    c.multi = chance(30)
    c.dynamic = !!opt.dynamic && !c.multi && chance(20)
    c.virtual = c.name !== 'root' && chance(15) && !opt.novirtual
    c.pure = chance(25)
    c.slots = 0
    let ids = 0
    const expr = inFor =>
      one([
        'a',
        'b',
        'o.x',
        'o.x.y',
        'l[0]',
        'l[1].k',
        'p0',
        'p1',
        'p2',
        'p2.x',
        'list.length',
        'a+1',
        "a?'t':'f'",
        '!f',
        'zz',
        '_a',
        'g',
        ...(inFor ? ['item.n', 'item.k', 'index', 'item'] : []),
        ...(inFor === 2 ? ['it', 'it.n', 'j', 'it.k'] : []),
        ...(opt.model ? ['list[0].n'] : []),
      ])
    const text = inFor => `{{${expr(inFor)}}}`
    const bind = () =>
      one([
        'bind:',
        'bind:',
        'catch:',
        'capture-bind:',
        'capture-catch:',
        'mut-bind:',
      ])
    const events = () => {
      const seen = new Set()
      return some(below(3), () => {
        const b = bind(),
          e = one(EVENTS)
        const phase = b.startsWith('capture') ? 'c' : 'b'
        if (seen.has(phase + e)) return ''
        seen.add(phase + e)
        return ` ${b}${e}="${handlerOf(c)}"`
      }).join('')
    }
    const marks = inFor =>
      (chance(20) ? ` mark:m${below(2)}="{{${expr(inFor)}}}"` : '') +
      (chance(20) ? ` data-d${below(2)}="{{${expr(inFor)}}}"` : '')
    const slotName = () => one(['', '', 's1', 's2'])
    const slotAttr = parent =>
      parent && (parent.multi || parent.dynamic) && chance(80)
        ? ` slot="${one(['', 's1', 's2', "{{f?'s1':'s2'}}"])}"`
        : ''
    const cond = inFor =>
      one([
        'f',
        'g',
        '!f',
        'f&&g',
        'a',
        'list.length>1',
        ...(inFor ? ['item.n>1', 'index%2'] : []),
      ])
    function nodes(depth, inFor, parent, n) {
      return some(n === undefined ? below(depth > 1 ? 4 : 3) : n, () =>
        node(depth, inFor, parent),
      ).join('')
    }
    function node(depth, inFor, parent) {
      const k = below(12)
      if (depth <= 0 || k < 2) return text(inFor)
      if (k < 4)
        return `<view id="v${ids++}" class="k${below(3)}"${slotAttr(parent)}${events()}${marks(inFor)}>${nodes(depth - 1, inFor, null)}</view>`
      if (k < 8 && c.uses.length) {
        const u = one(c.uses)
        const props = some(3, i => i)
          .filter(() => chance(45))
          .map(i =>
            opt.model && chance(25)
              ? ` model:p${i}="{{${one(['a', 'b', 'zz', 'o.x', 'o.x.y', 'l[0]', 'list[0].n', ...(inFor ? ['item.n'] : [])])}}}"`
              : ` p${i}="${chance(70) ? `{{${expr(inFor)}}}` : 'str'}"`,
          )
          .join('')
        return `<${u.name} id="x${ids++}" class="k${below(3)}"${slotAttr(parent)}${props}${events()}${marks(inFor)}>${nodes(depth - 1, inFor, u)}</${u.name}>`
      }
      if (k === 11 && opt.tmpl && depth > 1) {
        c.templates = c.templates || []
        const tn = 't' + c.templates.length
        c.templates.push('')
        const body = nodes(depth - 1, false, null, 1 + below(2))
        c.templates[+tn.slice(1)] = `<template name="${tn}">${body}</template>`
        return `<template is="${chance(20) ? `{{f?'${tn}':'t0'}}` : tn}" data="{{${one(['a, b', '...o', 'a, l, o', 'a: b, list', 'x: a, p0, p1', 'f, g, list, a', 'a: p0, b: p1, o'])}}}"/>`
      }
      if (
        k === 8 &&
        c.name !== 'root' &&
        (c.multi || c.dynamic || c.slots === 0)
      ) {
        c.slots++
        const nm = c.multi || c.dynamic ? slotName() : ''
        return `<slot${nm ? ` name="${chance(20) ? `{{f?'${nm}':'q'}}` : nm}"` : ''}/>`
      }
      if (k === 9)
        return (
          `<block wx:if="{{${cond(inFor)}}}">${nodes(depth - 1, inFor, parent, 1 + below(2))}</block>` +
          (chance(30)
            ? `<block wx:elif="{{${cond(inFor)}}}">${nodes(depth - 1, inFor, parent, 1)}</block>`
            : '') +
          (chance(40)
            ? `<block wx:else>${nodes(depth - 1, inFor, parent, 1)}</block>`
            : '')
        )
      if (k === 10 && (!inFor || (opt.nest && inFor !== 2))) {
        const slots = c.slots
        if (!(c.multi || c.dynamic)) c.slots = 1
        const r = inFor
          ? `<block wx:for="{{${one(['l', 'list', 'o'])}}}" wx:for-item="${one(['it', 'item'])}" wx:for-index="j"${chance(50) ? ' wx:key="*this"' : ''}>${nodes(depth - 1, 2, parent, 1 + below(2))}</block>`
          : `<block wx:for="{{${opt.nest ? one(['list', 'list', 'l']) : 'list'}}}" wx:key="${opt.nest ? one(['k', 'k', '*this']) : 'k'}">${nodes(depth - 1, true, parent, 1 + below(2))}</block>`
        if (!(c.multi || c.dynamic)) c.slots = slots
        return r
      }
      return `<view class="k${below(3)}"${slotAttr(parent)}>${nodes(depth - 1, inFor, null, 1)}</view>`
    }
    c.wxml = nodes(c.name === 'root' ? 4 : 3, false, null, 1 + below(3))
    if (c.name !== 'root' && !c.wxml.includes('<slot') && chance(60))
      c.wxml += c.multi || c.dynamic ? '<slot/><slot name="s1"/>' : '<slot/>'
    if (c.name === 'root' && !/<c\d/.test(c.wxml))
      c.wxml += `<${one(c.uses).name} id="xl" bind:ev="h0"/>`
    if (c.templates) c.wxml = c.templates.join('') + c.wxml
    const parts = defParts(c.name, false)
    const bs = disjoint(behaviors.map((_, j) => j).filter(() => chance(30)))
    c.behaviors = bs
    const relB = []
    if (chance(30)) {
      // an item or a container
      const kind = one(['item', 'box'])
      const types =
        opt.ancestors && c.id % 2
          ? ['ancestor', 'descendant']
          : ['parent', 'child']
      relB.push(kind === 'item' ? 'RI' : 'RB')
      const log = n =>
        ['linked', 'linkChanged', 'unlinked']
          .filter(() => chance(80))
          .map(
            k =>
              `${k}: function(t) { T('${c.name}.${n}.${k} ' + this.__n + ' ' + (t && t.__n)); }`,
          )
      parts.push(
        `relations: {r: {type: '${kind === 'item' ? types[0] : types[1]}', target: ${kind === 'item' ? 'RB' : 'RI'}, ${log('r').join(', ')}}}`,
      )
      c.relation = true
    }
    const all = ['BASE', ...bs.map(j => `B[${j}]`), ...relB]
    parts.push(`behaviors: [${all.join(', ')}]`)
    parts.push(
      `methods: {h0: function(e) { H('${c.name}.h0', this, e); ${chance(30) ? action(1) : ''} }, h1: function(e) { H('${c.name}.h1', this, e); ${chance(30) ? action(1) : ''} }, h2: function(e) { H('${c.name}.h2', this, e); }${chance(50) ? `, m: function() { T('m of ${c.name}'); }` : ''}}`,
    )
    const os = []
    if (c.multi) os.push('multipleSlots: true')
    if (c.dynamic) os.push('dynamicSlots: true')
    if (c.virtual) os.push('virtualHost: true')
    if (c.pure) os.push('pureDataPattern: /^_/')
    if (os.length) parts.push(`options: {${os.join(', ')}}`)
    if (chance(20))
      parts.push(
        `export: function() { return {api: '${c.name}', __n: this.__n}; }`,
      )
    c.js = `Component({${parts.join(',\n  ')}});`
    c.json = {
      component: true,
      usingComponents: Object.fromEntries(
        c.uses.map(u => [u.name, opt.absolute ? '/' + u.name : u.name]),
      ),
    }
  }
  // the steps: text of functions
  const steps = some(opt.steps || 12, () => {
    const k = below(10)
    if (k < 4) return `ROOT.setData(${patch()})`
    if (k < 6)
      return `var c = LIVE[${below(40)} % LIVE.length]; T('on ' + c.__n); c.setData(${patch()})`
    if (k < 8)
      return `var c = LIVE[${below(40)} % LIVE.length]; T('on ' + c.__n); c.triggerEvent('${one(EVENTS)}', ${value()}, ${options()})`
    if (k === 8)
      return one([
        `LIVE.forEach(function(c) { T('data of ' + c.__n + ' ' + J(c.data)); })`,
        `LIVE.forEach(function(c) { T('owner of ' + c.__n + ' ' + N(c.selectOwnerComponent && c.selectOwnerComponent())); })`,
        `LIVE.forEach(function(c) { T('all of ' + c.__n + ' ' + J(c.selectAllComponents('.k${below(3)}').map(N))); })`,
        `LIVE.forEach(function(c) { T('one of ' + c.__n + ' ' + N(c.selectComponent('#x${below(3)}'))); })`,
        `LIVE.forEach(function(c) { T('in of ' + c.__n + ' ' + J(c.selectAllComponents('${one(['.k1 >>> .k2', '.k0 .k1', '.k0 > .k1', '#x0 >>> .k0', '#x0,#x1', '.k1>.k0, .k2'])}').map(N))); })`,
        `LIVE.forEach(function(c) { if (c.m) c.m(); })`,
      ])
    return `LIVE.forEach(function(c) { var r; try { r = c.getRelationNodes('r'); } catch (e) { r = null; } T('rel of ' + c.__n + ' ' + (r ? J(r.map(N)) : 'none')); })`
  })
  const prelude = `
var S = {left: 12, next: 0};
var LIVE = [], ROOT = null;
function J(x) { return x === undefined ? 'undefined' : JSON.stringify(x, function(k, v) { return v === undefined ? '<undef>' : typeof v === 'number' && !isFinite(v) ? String(v) : typeof v === 'function' ? '<fn>' : v; }); }
function N(c) { return c === null ? 'null' : c === undefined ? 'undefined' : c.__n || J(c); }
function H(n, self, e) { T('  ' + n + ' ' + self.__n + ' ' + e.type + ' ' + J(e.detail) + ' t=' + J(e.target.dataset) + '#' + ID(e.target.id) + ' c=' + J(e.currentTarget.dataset) + '#' + ID(e.currentTarget.id) + ' m=' + J(e.mark)); }
function ID(id) { return String(id).replace(/^.*--/, ''); }
`
  const shared = `
var BASE = Behavior({lifetimes: {created: function() { this.__n = this.is.replace(/^.*\\//, '') + '@' + (++S.next); }, attached: function() { LIVE.push(this); if (!ROOT) ROOT = this; }, detached: function() { var i = LIVE.indexOf(this); if (i >= 0) LIVE.splice(i, 1); }}});
var RI = Behavior({}), RB = Behavior({});
var B = [];
${behaviors.join('\n')}
`
  return { comps, prelude, shared, steps }
}
