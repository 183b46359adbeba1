// SPDX-License-Identifier: Apache-2.0
//
// What TypeScript programs do when `fcc transform` and when npm's `typescript`
// compiled them:
//   node tests/tools/typescript_differential.js FCC [PROGRAMS]
// `typescript` must be found from here or by NODE_PATH. Exits 1 and shows both
// logs where they differ. Names of functions are no part of the log: a smaller
// program has others.
'use strict'
const fs = require('fs'), os = require('os'), path = require('path')
const vm = require('vm')
const { spawnSync } = require('child_process')
const ts = require('typescript')

const fcc = path.resolve(process.argv[2])
const cases = process.argv[3] ||
    path.join(__dirname, '../cases/typescript_programs.txt')
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'typescript-'))
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }))

function show(v, depth = 0) {
  if (typeof v === 'function') return 'function'
  if (typeof v === 'string') return JSON.stringify(v)
  if (v === null || typeof v !== 'object') return String(v)
  if (depth > 5) return '…'
  if (v.stack) return `${v.name}: ${v.message}`
  if (Array.isArray(v)) return `[${v.map(x => show(x, depth + 1))}]`
  return `{${Object.keys(v).map(k => `${k}:${show(v[k], depth + 1)}`)}}`
}

// What the programs may import.
const modules = {
  './m': { __esModule: true, default: class { hi() { return 'hi' } }, a: 1,
           B: class {}, T: undefined, fn() { return 'fn' } },
  './cjs': Object.assign(function () { return 'cjs' }, { x: 5, default: 7 }),
}
function run(code) {
  const log = []
  const module = { exports: {} }
  const context = vm.createContext(
      { log: (...args) => log.push(args.map(a => show(a)).join(' ')) })
  try {
    vm.runInContext(`(function (exports, require, module) {${code}\n})`,
                    context)(module.exports, n => modules[n], module)
  } catch (error) {
    log.push(`threw ${error.name}`)
  }
  const e = module.exports
  const names = typeof e === 'function' ? [] : Object.keys(e).sort()
  log.push(`exports ${typeof e} ${names.map(k => `${k}:${show(e[k])}`)}`)
  return log.join('\n')
}

const parts = fs.readFileSync(cases, 'utf8').split(/^\/\/ ---- (.*)\n/m).slice(1)
let bad = 0
for (let i = 0; i < parts.length; i += 2) {
  const want = run(ts.transpileModule(parts[i + 1], {
    fileName: 'a.ts',
    compilerOptions: {
      module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2015,
      esModuleInterop: true, experimentalDecorators: true,
      isolatedModules: true,
    },
  }).outputText)
  const file = path.join(scratch, 'a.ts')
  fs.writeFileSync(file, parts[i + 1])
  const all = [[], ['--minify'], ['--obfuscate', '3']]
  for (const flags of /name/.test(parts[i]) ? all.slice(0, 1) : all) {
    const done = spawnSync(fcc, ['transform', file, ...flags],
                           { encoding: 'utf8' })
    const got = done.status === 0 ? run(done.stdout) : done.stderr
    if (got !== want) {
      ++bad
      console.log(`${parts[i]} ${flags.join(' ')}\n- ${want}\n+ ${got}`)
      break
    }
  }
}
console.log(`${parts.length / 2} programs, ${bad} differ`)
process.exitCode = bad ? 1 : 0
