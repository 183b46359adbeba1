// SPDX-License-Identifier: Apache-2.0
//
// Templates and script modules that nobody wrote, ours against WeChat's
// compiler:
//   node random_differential.js FCC WCC [SEED [COUNT]]
// What WCC takes is run under node; `fcc render --cases` has to give the same
// tree. What WCC refuses is left out, and nothing is made on which ours is
// known to differ (docs of the language, and below). Exits 1 and shows the
// cases that differ.
'use strict'
const fs = require('fs'), os = require('os'), path = require('path')
const vm = require('vm')
const { spawnSync } = require('child_process')
const { nodes } = require('./gfc_tree.js')

const [fcc, wcc] = process.argv.slice(2, 4).map(p => path.resolve(p))
const seed = +process.argv[4] || 1, count = +process.argv[5] || 300
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'random-'))
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }))

// Numbers that look random and are the same every time.
let state = (seed * 2654435761) >>> 0 || 1
function below(n) {
  state ^= state << 13; state >>>= 0
  state ^= state >>> 17
  state ^= state << 5; state >>>= 0
  return state % n
}
const one = list => list[below(list.length)]
const some = (n, make, between = '') =>
  Array.from({ length: n }, make).join(between)
// One of several ways; only the one that is taken is made.
const either = (...ways) => one(ways)()

const DATA = '{a:1,b:"str",c:0,o:{x:{y:1},y:[1,2],k:"x",length:7},' +
  'l:[1,"two",null,undefined,{x:3}],s:"abc",n:null,z:-0,t:true,f:false,' +
  'arr:[[1,2],[3]],d:2.5,in:"IN",class:"CLS",k:"t1"}'
const NAMES = ['a', 'b', 'c', 'o', 'l', 's', 'n', 'u', 'z', 't', 'f', 'arr',
  'd', 'in', 'class', 'item', 'index']
const BINARY = ['+', '-', '*', '/', '%', '<', '>', '<=', '>=', '==', '!=',
  '===', '!==', '&&', '||', '&', '|', '^', '<<', '>>']

function blank() { return one(['', '', '', ' ', '  ', '/* c */']) }
function expression(depth) {
  const leaf = () => one([String(below(20)), '1.5', '.5', '010', 'true',
    'false', 'null', 'undefined', "'q'", "''", "'}}'", ...NAMES, ...NAMES])
  if (depth <= 0) return leaf()
  const inner = () => expression(depth - 1)
  return either(leaf,
    () => inner() + ' ' + one(BINARY) + ' ' + inner(),
    // A minus is `0 - x` there, which is no negative zero.
    () => one(['!', '~']) + '(' + inner() + ')',
    () => '(' + blank() + inner() + blank() + ')',
    () => inner() + '?' + blank() + inner() + blank() + ':' + inner(),
    () => one(NAMES) + '.' + one(['x', 'y', 'k', 'length', 'x.y', 'x.no.k']),
    () => one(NAMES) + '[' + inner() + ']',
    () => '[' + some(1 + below(3), inner, ',') + ']',
    // One spread alone is its operand there, and an object here.
    () => '{x:' + inner() + some(below(3), () => one([
      ',y: ' + inner(), ',k:' + inner(), ',...o', ',...n', ',' + one(NAMES),
    ])) + ' }',
    () => 'm.f(' + some(below(3), inner, ',') + ')',
    () => 'm.' + one(['v', 'o', 'o.x', 's.length', 'none', 'none.x']))
}
const mustache = () => '{{' + blank() + expression(below(4)) + blank() + '}}'

function text() {
  return either(mustache, mustache, () => one(['txt', ' ', '\n', '&lt;', '{ a',
    '}}', '{ {a} }', '>', '中文', '<!-- c -->', '  x  ', '"', '$']))
}
// No capital after a dash, where only the first letter is raised here.
const KEYS = ['id', 'class', 'style', 'slot', 'a', 'my-prop', 'myProp',
  'hidden', 'data-a', 'data-a-b', 'data-aB', 'data-A', 'mark:a', 'mark:a-b',
  'bindtap', 'bind:tap', 'catchtap', 'catch:tap', 'capture-bind:tap',
  'capture-bindtap', 'captureBindtap', 'mut-bind:x', 'mut-bindtap', 'bind-tap',
  'bindmy-ev', 'bind:my-ev', 'aria-label', 'model:value', 'value', 'worklet:x',
  'change:a', 'change:my-prop', 'a_b', 'a--b', 'x:y', 'wx:foo', 'data:a']
function attribute() {
  const quote = one(['"', '"', "'"]), other = quote === '"' ? "'" : '"'
  const value = either(mustache, () => one(['x', '', 'a b', '{{a}} {{b}}',
    ' {{a}}', '{{a}} ', 'x-{{l}}', '&amp;', '{{}}', '}}', '{']),
  () => some(1 + below(3), text)).split(quote).join(other)
  return ' ' + one(KEYS) + either(() => '', () => '=' + quote + value + quote,
    () => ' = ' + quote + value + quote)
}
const attributes = () => some(below(4), attribute)
const condition = () => either(() => one(['{{a}}', '{{c}}', '{{f}}', '', 'x',
  ' {{f}}']), () => mustache().split('"').join("'"))
const TAGS = ['view', 'text', 'v', 'my-comp', 'A', 'block', 'slot']
function element(depth) {
  const tag = one(TAGS)
  if (depth <= 0) return either(text, () => `<${tag}${attributes()}/>`)
  const inside = () => some(below(4), () => element(depth - 1))
  return either(text,
    () => `<${tag}${attributes()}>${inside()}</${tag}>`,
    () => `<${tag} wx:if="${condition()}">${inside()}</${tag}>` +
      one(['', ' ', '\n', '<!-- c -->']) +
      some(below(2), () => `<v wx:elif="${condition()}">${inside()}</v>`) +
      one(['', '<v wx:else>' + inside() + '</v>', '<block wx:else/>']),
    () => `<${tag} wx:for="${one(['{{l}}', '{{o}}', '{{3}}', '{{d}}', '{{s}}',
      '{{n}}', 'abc', '{{l}} ', '{{[1,2]}}', '{{item}}', '{{m.o}}', ''])}"` +
      one(['', ' wx:for-item="i"', ' wx:for-index="j"',
        ' wx:for-item="i" wx:for-index="i"', ' wx:for-item=""']) +
      one(['', ' wx:key="*this"', ' wx:key="x"', ' wx:if="{{item}}"']) +
      `>{{item}}{{index}}{{i}}{{j}}${inside()}</${tag}>`,
    () => `<template is="${one(['t1', 't2', '{{k}}', 't{{a}}', 'none', ''])}" ` +
      one(['', 'data="{{a}}"', 'data="{{a,b}}"', 'data="{{...o,a}}"',
        'data="{{x:a,...o}}"', 'data="{{item,index}}"']) + '/>',
    () => `<include src="${one(['inc', './inc.wxml', '/inc.wxml', 'p/q',
      'none'])}"${one(['', ' wx:if="{{t}}"', ' wx:for="{{l}}"'])}/>`)
}
const OTHERS = {
  'inc.wxml': '<i>{{a}}{{item}}{{m.v}}</i><template name="t9">9</template>',
  'imp.wxml': '<template name="t2"><b x="{{x}}">{{a}}{{b}}{{m.v}}</b>' +
    '</template><wxs module="m">module.exports={v:"imp"}</wxs>',
  'p/q.wxml': '<q>{{b}}</q><include src="../inc"/>',
}
const MODULE = '<wxs module="m">module.exports={v:12,o:{x:"ox"},s:"len",' +
  'f:function(a,b){return b===undefined?a:a+b}}</wxs>'
function template() {
  return MODULE + '<template name="t1">[{{a}}{{b}}{{x}}{{o.x}}{{item}}]' +
    '</template>' + one(['', '<import src="imp"/>']) +
    some(1 + below(3), () => element(below(4)))
}

const VARIABLES = ['a', 'b', 'x', 'y', 'arr', 'o', 's', 'i']
const MEMBERS = {
  '[3,1,2]': ["join('-')", 'concat([9])', 'slice(1)', 'indexOf(2)', 'reverse()',
    'sort()', 'length', 'map(function(t){return t+1})', 'pop()', 'constructor',
    'filter(function(t){return t>1})', 'splice(0,1)', 'toString()',
    'reduce(function(m,t){return m+t},0)'],
  "'hello world'": ['charAt(1)', 'charCodeAt(0)', "split('l')",
    'substring(1,3)', 'slice(-2)', "indexOf('o')", "replace('l','L')",
    'toUpperCase()', 'trim()', 'length', 'constructor', "search('o')",
    "match(getRegExp('l','g'))", "replace(getRegExp('o','g'),'0')"],
  'getDate(1500000000000)': ['getTime()', 'getFullYear()', 'constructor'],
  "getRegExp('[a-z]+','gi')": ["test('hello')", "exec('hello')", 'source',
    'global'],
}
function code(depth) {
  const leaf = () => one([String(below(10)), "'q'", "''", 'true', 'null',
    'undefined', '1.5', '[]', '[1,2,3]', '({k:1})', 'NaN', ...VARIABLES])
  if (depth <= 0) return leaf()
  const inner = () => code(depth - 1)
  return either(leaf, () => `(${inner()} ${one([...BINARY, '>>>'])} ${inner()})`,
    () => '(' + one(['!', '-', '~', '+', 'typeof ', 'void ']) +
      `(${inner()}))`,
    () => `(${inner()} ? ${inner()} : ${inner()})`,
    () => `(${one(VARIABLES)} ${one(['=', '+=', '-=', '*='])} ${inner()})`,
    () => `(${one(VARIABLES)}${one(['++', '--'])})`,
    () => `(function(p){return ${inner()}})(${inner()})`,
    () => one(['Math.max', 'Math.floor', 'parseInt', 'isNaN', 'JSON.stringify',
      'Math.round']) + `(${inner()})`,
    () => { const of = one(Object.keys(MEMBERS))
      return of + '.' + one(MEMBERS[of]) },
    () => one(['o', 'x']) + '.' + one(['k', 'v']),
    () => `m1(${inner()})`)
}
function statement(depth) {
  const inner = () => depth > 0 ? statement(depth - 1) : ''
  return either(() => `var ${one(VARIABLES)} = ${code(depth)};`,
    () => `s = ${code(depth)};`,
    () => `if (${code(depth)}) {${inner()}} else {${inner()}}`,
    () => `for (var i = 0; i < ${below(5)}; i++) {${inner()}` +
      one(['', 'if (i == 2) break;', 'if (i == 1) continue;']) + '}',
    () => `var w${depth} = 0; while (w${depth}++ < 3) {${inner()}}`,
    () => `switch (${code(depth)}) { case 1: ${inner()} break; case 'q': ` +
      `${inner()} default: ${inner()}}`,
    () => `return ${code(depth)};`)
}
function script() {
  return `<wxs module="m">var y = 5, s = 'glob', o = {k: 1}, i;
function m1(p) { return p === undefined ? 'U' : p }
function f(a, b, x, arr) { ${some(1 + below(4), () => statement(2), ' ')}
  return [a, b, x, y, arr, o, s, i]; }
module.exports = {f: f};</wxs><v r="{{m.f(1, 'two', {k: 3}, [1, 2, 3])}}"/>`
}

// The tree of wcc's program; null when wcc takes no such thing, or when its
// program fails where ours goes on.
function theirs(files) {
  for (const file of Object.keys(files)) {
    const to = path.join(root, file)
    fs.mkdirSync(path.dirname(to), { recursive: true })
    fs.writeFileSync(to, files[file])
  }
  const run = spawnSync(wcc, ['-d', ...Object.keys(files).map(f => './' + f),
    '-gn', '$gwx'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (run.status !== 0) return null
  const silent = { log() {}, warn() {}, error() {}, info() {} }
  const context = vm.createContext({ window: {}, console: silent,
    navigator: { userAgent: '' }, cs: undefined, snap_bb: undefined })
  try {
    vm.runInContext(run.stdout, context, { timeout: 5000 })
    const tree = vm.runInContext(`$gwx("./index.wxml")((${DATA}))`, context,
      { timeout: 1000 })
    return JSON.parse(JSON.stringify(nodes(tree.children)))
  } catch (e) {
    return null
  }
}

const cases = []
for (let i = 0; i < count; ++i) {
  const files = below(4) === 0 ? { 'index.wxml': script() }
    : { 'index.wxml': template(), ...OTHERS }
  const tree = theirs(files)
  if (tree === null) continue
  cases.push({ id: `${seed}-${i}`, kind: 'wxml', entry: 'index.wxml', files,
    data_js: DATA, verdict: 'accept', accepted_trees: [tree] })
}
const file = path.join(root, 'cases.json')
fs.writeFileSync(file, JSON.stringify({ cases }))
const run = spawnSync(fcc, ['render', '--cases', file, '--verbose'],
  { encoding: 'utf8', maxBuffer: 1 << 28 })
for (const failed of run.stdout.split(/^FAIL /m).slice(1)) {
  const id = failed.split('\n')[0]
  console.log('DIFFER ' + failed.trim() + '\n  of ' +
    JSON.stringify(cases.find(c => c.id === id).files['index.wxml']))
}
console.log(`${cases.length} of ${count} made templates that wcc takes: ` +
  run.stdout.trim().split('\n').pop())
process.exit(run.status === 0 ? 0 : 1)
