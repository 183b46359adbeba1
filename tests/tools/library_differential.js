// SPDX-License-Identifier: Apache-2.0
//
// Our script against WeChat's compiler, on real libraries:
//   node library_differential.js FCC WCC FOLDER…
// Every template below a folder is compiled by both; the functions are run
// under node on generated data, and the trees must be the same. Exits 1 and
// shows the templates where they are not. What WeChat's compiler refuses is
// counted and left out.
'use strict'
const fs = require('fs'), path = require('path'), vm = require('vm')
const { spawnSync } = require('child_process')
const { canonical, nodes } = require('./gfc_tree.js')

const [fcc, wcc, ...folders] = process.argv.slice(2).map(p => path.resolve(p))
const ROUNDS = 6
// Milliseconds a tree may take. A calendar asked for the months up to a date
// that is none never ends, in either program.
const LIMIT = 1000

function walk(folder, prefix = '') {
  const out = []
  for (const name of fs.readdirSync(path.join(folder, prefix)).sort()) {
    const file = prefix + name
    if (name === 'node_modules') continue
    if (fs.statSync(path.join(folder, file)).isDirectory()) {
      out.push(...walk(folder, file + '/'))
    } else if (/\.(wxml|wxs)$/.test(name)) out.push(file)
  }
  return out
}

// One program for all files; a file that it refuses is taken out.
function compileAll(folder, files) {
  const left = files.slice(), refused = []
  for (;;) {
    const run = spawnSync(wcc, ['-d', ...left.map(f => './' + f), '-gn',
      '$gwx'], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 29 })
    if (run.status === 0) return { code: run.stdout, files: left, refused }
    const at = /\.\/([^:\n]+\.(?:wxml|wxs)):/.exec(run.stderr)
    const index = at ? left.indexOf(at[1]) : -1
    if (index < 0) throw new Error('wcc: ' + run.stderr.slice(0, 300))
    refused.push(left.splice(index, 1)[0])
  }
}

// Numbers that look random and are the same every time.
function generator(seed) {
  let state = seed >>> 0 || 1
  return n => {
    state ^= state << 13; state >>>= 0
    state ^= state >>> 17
    state ^= state << 5; state >>>= 0
    return state % n
  }
}

// Names and members that the expressions of a file read, lists among them.
function readsOf(folder, file, seen = new Set()) {
  if (seen.has(file) || !fs.existsSync(path.join(folder, file))) return []
  seen.add(file)
  const text = fs.readFileSync(path.join(folder, file), 'utf8')
  const reads = []
  for (const [, list, code] of text.matchAll(
    /(?:(wx:for(?:-items)?)\s*=\s*["'])?\{\{([\s\S]*?)\}\}/g)) {
    const plain = code.replace(/'[^']*'|"[^"]*"/g, ' ')
    for (const [read] of plain.matchAll(/[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*/g)) {
      reads.push({ read, list: !!list })
    }
  }
  for (const [, src] of text.matchAll(/<(?:include|import)[^>]*src="([^"]+)"/g)) {
    const target = src.startsWith('/') ? src.slice(1)
      : path.posix.join(path.posix.dirname(file), src)
    reads.push(...readsOf(folder, /\.wxml$/.test(target) ? target
      : target + '.wxml', seen))
  }
  return reads
}

function dataFor(reads, random) {
  const leaf = depth => {
    switch (random(depth > 1 ? 9 : 12)) {
      case 0: return true
      case 1: return false
      case 2: return 0
      case 3: return random(100)
      case 4: return 'text' + random(10)
      case 5: return ''
      case 6: return 2.5
      case 7: return 'a b'
      case 8: return null
      case 9: return [leaf(depth + 1), leaf(depth + 1)]
      case 10: return { a: leaf(depth + 1), name: 'n' }
      default: return undefined
    }
  }
  const data = {}
  const members = [...new Set(reads.map(r => r.read.split('.')).filter(
    r => r.length > 1).flatMap(r => r.slice(1)))]
  const item = () => {
    const one = {}
    for (const m of members) if (random(2)) one[m] = leaf(1)
    return random(4) ? one : leaf(1)
  }
  for (const { read, list } of reads) {
    const keys = read.split('.')
    let at = data
    for (const key of keys.slice(0, -1)) {
      if (at[key] === null || typeof at[key] !== 'object' ||
        Array.isArray(at[key])) at[key] = {}
      at = at[key]
    }
    const last = keys[keys.length - 1]
    if (at[last] !== undefined && !list) continue
    if (random(10) === 0) continue
    at[last] = list ? Array.from({ length: random(4) }, item) : leaf(0)
  }
  return data
}

const literal = v => v === undefined ? 'undefined'
  : Array.isArray(v) ? '[' + v.map(literal).join(',') + ']'
  : v !== null && typeof v === 'object'
    ? '{' + Object.keys(v).map(k => JSON.stringify(k) + ':' + literal(v[k])) + '}'
  : JSON.stringify(v)

// What ES5 has. Script modules may find more in ours than in wcc's, so that
// `[].values` is a function; and the oldest web views have no more than this.
const ES5 = {
  Array: 'concat every filter forEach indexOf join lastIndexOf map pop push ' +
    'reduce reduceRight reverse shift slice some sort splice toLocaleString ' +
    'toString unshift',
  String: 'charAt charCodeAt concat indexOf lastIndexOf localeCompare match ' +
    'replace search slice split substr substring toLocaleLowerCase ' +
    'toLocaleUpperCase toLowerCase toString toUpperCase trim valueOf',
  Number: 'toExponential toFixed toLocaleString toPrecision toString valueOf',
}
function onlyEs5(es5) {
  for (const name of Object.keys(es5)) {
    const kept = ' constructor length ' + es5[name] + ' '
    const prototype = globalThis[name].prototype
    const members = Reflect.ownKeys(prototype)
    for (let i = 0; i < members.length; ++i) {
      if (kept.indexOf(' ' + String(members[i]) + ' ') < 0) {
        delete prototype[members[i]]
      }
    }
  }
}

function load(code) {
  const silent = { log() {}, warn() {}, error() {}, info() {} }
  const context = vm.createContext({ window: {}, console: silent,
    navigator: { userAgent: '' }, cs: undefined, snap_bb: undefined })
  vm.runInContext(`(${onlyEs5})(${JSON.stringify(ES5)})`, context)
  vm.runInContext(code, context, { timeout: 20000 })
  return (name, file, data) => {
    const tree = vm.runInContext(
      `${name}(${JSON.stringify('./' + file)})((${data}))`, context,
      { timeout: LIMIT })
    return JSON.stringify(canonical(joined(nodes(tree.children))))
  }
}

// Inside of a wxs function every member has a prefix, which is taken off
// what it returns; number keys never got it, and lose their first three
// characters: all of `31`. Ours returns what was written.
function keepingNumberKeys(code) {
  const mangled = 'copy[k.substring(3)]'
  if (!code.includes(mangled)) throw new Error('wcc prints another copy function')
  return code.split(mangled).join('copy[k.replace(/^nv_/,"")]')
}

// Texts beside each other are one.
function joined(list) {
  const out = []
  for (const node of list) {
    if (node !== null && typeof node === 'object' && node.tag !== undefined) {
      out.push(node.children ? { ...node, children: joined(node.children) }
        : node)
    } else {
      const text = node === undefined ? '' : String(node)
      if (out.length && typeof out[out.length - 1] === 'string') {
        out[out.length - 1] += text
      } else out.push(text)
    }
  }
  return out.filter(n => n !== '').map(n => {
    if (n.children && !n.children.length) delete n.children
    return n
  })
}

let templates = 0, trees = 0, endless = 0, refusals = 0, differ = 0
for (const folder of folders) {
  const all = walk(folder)
  const theirs = compileAll(folder, all)
  refusals += theirs.refused.filter(f => f.endsWith('.wxml')).length
  const gwx = load(keepingNumberKeys(theirs.code))
  for (const file of theirs.files.filter(f => f.endsWith('.wxml'))) {
    ++templates
    const ours = spawnSync(fcc, ['render', file, '--dir', folder, '--js'],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
    if (ours.status !== 0) {
      ++differ
      console.log('REFUSED ' + path.join(folder, file) + '\n' + ours.stderr)
      continue
    }
    const gfc = load(ours.stdout)
    const reads = readsOf(folder, file)
    const random = generator(templates * 7919)
    for (let round = 0; round < ROUNDS; ++round) {
      const data = round === 0 ? '{}' : literal(dataFor(reads, random))
      const run = (f, name) => {
        try { return f(name, file, data) } catch (e) {
          return e.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'never ended'
            : 'threw ' + e
        }
      }
      const want = run(gwx, '$gwx'), got = run(gfc, '$gfc')
      ++trees
      if (want === 'never ended') ++endless
      if (want !== got) {
        ++differ
        let at = 0
        while (want[at] === got[at]) ++at
        console.log('DIFFER ' + path.join(folder, file) + '\n  data   ' +
          data.slice(0, 600) + '\n  theirs …' +
          want.slice(Math.max(0, at - 80), at + 120) + '\n  ours   …' +
          got.slice(Math.max(0, at - 80), at + 120))
        break
      }
    }
  }
}
console.log(`${templates} templates, ${trees} trees, ${differ} different; ` +
  `${endless} never end in wcc's program; ${refusals} templates that wcc refuses`)
process.exit(differ ? 1 : 0)
