// SPDX-License-Identifier: Apache-2.0
//
// Trees of the functions that FinClip's SDK and WeChat's load ($gfc, $gwx), in
// the form that `fcc render` prints.
'use strict'

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
const CAMEL = /^(captureCatch|captureBind|mutBind)(.+)$/
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
      put(NAMES[prefix[1]] || prefix[1], prefix[1] === 'slot'
        ? prefix[2].replace(/-+(.?)/g, (s, c) => c.toUpperCase()) : prefix[2],
        v)
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
  return out
}

module.exports = { canonical, nodes }
