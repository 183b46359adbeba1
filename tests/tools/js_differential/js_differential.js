// SPDX-License-Identifier: Apache-2.0
//
// Real code before and after `fcc transform`, run under node:
//   node tests/tools/js_differential/js_differential.js FCC [options] DIR…
//     --modes LIST    of es5, esnext, minify, obfuscate1 to obfuscate3; all
//     --harness FILE  run `node FILE DIR` on apps in place of host.js
// A DIR with an app.json is an app (Taro's or uni-app's output): it is booted,
// every page opened, and each setData and API call must come in the same order
// with the same arguments. Any other DIR is a library: each of its scripts is
// loaded, its components are created and led through their lives. Every script
// must compile in every mode, whatever else it does.
//
// ES modules of the originals are turned to CommonJS by npm's `typescript`,
// which must be found from here or by NODE_PATH. Exits 1 and names what
// differs.
'use strict'
const fs = require('fs'), os = require('os'), path = require('path')
const { spawn, spawnSync } = require('child_process')

const MODES = {
  es5: [],
  esnext: ['--target', 'esnext'],
  minify: ['--minify'],
  obfuscate1: ['--obfuscate', '1', '--seed', '7'],
  obfuscate2: ['--obfuscate', '2', '--seed', '7'],
  obfuscate3: ['--obfuscate', '3', '--seed', '7'],
}

const words = process.argv.slice(2)
function option(name) {
  const at = words.indexOf(name)
  return at < 0 ? '' : words.splice(at, 2)[1]
}
const modes = (option('--modes') || Object.keys(MODES).join()).split(',')
const harness = option('--harness')
const fcc = path.resolve(words.shift())
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'js-differential-'))
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }))

function filesOf(dir, base = '') {
  const out = []
  for (const entry of fs.readdirSync(path.join(dir, base),
                                     { withFileTypes: true })) {
    const name = path.join(base, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') out.push(...filesOf(dir, name))
    } else {
      out.push(name)
    }
  }
  return out.sort()
}
const isScript = f => /\.[jt]s$/.test(f) && !f.endsWith('.d.ts')
const toJs = f => f.replace(/\.ts$/, '.js')

// The originals, their modules as CommonJS.
function copyOriginal(dir, out) {
  const ts = require('typescript')
  for (const file of filesOf(dir)) {
    const to = path.join(out, isScript(file) ? toJs(file) : file)
    fs.mkdirSync(path.dirname(to), { recursive: true })
    const from = path.join(dir, file)
    const text = isScript(file) ? fs.readFileSync(from, 'utf8') : ''
    const isPlain = !/\b(import|export)\b/.test(text) && !file.endsWith('.ts')
    if (!isScript(file) || isPlain) {
      fs.copyFileSync(from, to)
      continue
    }
    const made = ts.transpileModule(text, {
      fileName: file,
      compilerOptions: {
        module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022,
        esModuleInterop: true, allowJs: true, experimentalDecorators: true,
        useDefineForClassFields: !file.endsWith('.ts'),
      },
    })
    fs.writeFileSync(to, made.outputText)
  }
}

// Two at a time: a process a file.
async function transformAll(dir, out, flags) {
  const problems = []
  const files = filesOf(dir)
  let next = 0
  async function work() {
    while (next < files.length) {
      const file = files[next++]
      const to = path.join(out, isScript(file) ? toJs(file) : file)
      fs.mkdirSync(path.dirname(to), { recursive: true })
      if (!isScript(file)) {
        fs.copyFileSync(path.join(dir, file), to)
        continue
      }
      const error = await new Promise(done => {
        const child = spawn(
            fcc, ['transform', path.join(dir, file), ...flags, '-o', to])
        let text = ''
        child.stderr.on('data', d => { text += d })
        child.on('close', (code, signal) => {
          done(code === 0 ? '' : `exit ${code || signal}: ${text}`)
        })
      })
      if (error) problems.push(`${file}: ${error.trim().slice(0, 400)}`)
    }
  }
  await Promise.all([work(), work()])
  return problems
}

function traceOf(dir, isApp, home) {
  const run = isApp && harness
      ? [harness, dir]
      : [path.join(__dirname, 'host.js'), isApp ? 'app' : 'library', dir,
         path.resolve(home)]
  const done = spawnSync(process.execPath, run, {
    encoding: 'utf8', timeout: 120000, maxBuffer: 1 << 28,
    env: { ...process.env, TZ: 'UTC' },
  })
  const lines = (done.stdout + done.stderr).split('\n')
  // Times, sizes of the heap, and stacks are no part of what a program does.
  return lines
      .filter(l => !/^\s+at |\[total\]|^\[phase\]/.test(l))
      .map(l => l.split(dir).join('DIR'))
      // Vue's warnings show functions by names, which renaming may change.
      .map(l => l.replace(/fn<\w*>/g, 'fn<>'))
}

function compare(name, want, got) {
  if (want.join('\n') === got.join('\n')) return true
  const at = want.findIndex((line, i) => line !== got[i])
  const where = at < 0 ? want.length : at
  console.log(`${name}: differs at line ${where + 1}`)
  console.log(`  - ${(want[where] || '(end)').slice(0, 300)}`)
  console.log(`  + ${(got[where] || '(end)').slice(0, 300)}`)
  return false
}

async function main() {
  let bad = 0
  for (const dir of words) {
    const isApp = fs.existsSync(path.join(dir, 'app.json'))
    const label = path.resolve(dir).split(path.sep).slice(-2).join('/')
    const original = path.join(scratch, 'original')
    copyOriginal(dir, original)
    const want = traceOf(original, isApp, dir)
    const scripts = filesOf(dir).filter(isScript).length
    const payloads = want.filter(l => /setData/.test(l)).length
    console.log(`${label}: ${scripts} scripts, ${want.length} lines of trace, ` +
                `${payloads} with setData`)
    for (const mode of modes) {
      // ES modules stay what they are there, and the host has none.
      if (mode === 'esnext' && !isApp) continue
      const out = path.join(scratch, mode)
      const problems = await transformAll(dir, out, MODES[mode])
      for (const problem of problems) console.log(`${label} ${mode}: ${problem}`)
      if (problems.length ||
          !compare(`${label} ${mode}`, want, traceOf(out, isApp, dir))) {
        ++bad
      } else {
        console.log(`${label} ${mode}: same`)
      }
      fs.rmSync(out, { recursive: true, force: true })
    }
    fs.rmSync(original, { recursive: true, force: true })
  }
  process.exitCode = bad ? 1 : 0
}
main()
