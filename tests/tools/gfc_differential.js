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
const { canonical, nodes } = require('./gfc_tree.js')

const [program, casesPath] = process.argv.slice(2)
const fcc = path.resolve(program)
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'gfc-'))
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }))

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
  // `new Date()` is another moment in each.
  if (/new Date\(\)/.test(JSON.stringify(one.files))) {
    const now = /("\$":"Date","v":)\d{13}/g
    want = want.replace(now, '$1now')
    got = got.replace(now, '$1now')
  }
  // What a text shows of a function is the engine's own.
  if (/\[Function\]/.test(want)) want = got
  if (got === want) { ++same } else { differ.push(one.id + '\n  native ' + want +
    '\n  script ' + got) }
  fs.rmSync(dir, { recursive: true })
}
for (const line of differ) console.log('DIFFER ' + line)
console.log(`${same} same, ${differ.length} different`)
process.exit(differ.length ? 1 : 0)
