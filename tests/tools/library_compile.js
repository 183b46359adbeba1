// SPDX-License-Identifier: Apache-2.0
//
// Every template, sheet and script module below the folders compiles:
//   node library_compile.js FCC FOLDER…
// Templates and sheets are the entries of a component each, script modules are
// used by one more template, and all of a folder is one project that `fcc build`
// has to take without an error. Prints the errors and how many files there were.
'use strict'
const fs = require('fs'), os = require('os'), path = require('path')
const { spawnSync } = require('child_process')

const [fcc, ...folders] = process.argv.slice(2).map(p => path.resolve(p))
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'library-'))
process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }))

const KINDS = /\.(wxml|wxss|wxs)$/
function walk(folder, prefix = '') {
  return fs.readdirSync(path.join(folder, prefix), { withFileTypes: true })
    .flatMap(entry => entry.isDirectory()
      ? entry.name === 'node_modules' ? []
        : walk(folder, prefix + entry.name + '/')
      : KINDS.test(entry.name) ? [prefix + entry.name] : []).sort()
}

let total = { wxml: 0, wxss: 0, wxs: 0 }, errors = 0
for (const folder of folders) {
  const project = path.join(root, String(folders.indexOf(folder)))
  const write = (file, text) => {
    const to = path.join(project, file)
    fs.mkdirSync(path.dirname(to), { recursive: true })
    fs.writeFileSync(to, text)
  }
  const files = walk(folder), components = {}, modules = []
  for (const file of files) {
    const kind = KINDS.exec(file)[1]
    ++total[kind]
    write(file, fs.readFileSync(path.join(folder, file)))
    if (kind === 'wxs') {
      modules.push(`<wxs src="/${file}" module="m${modules.length}"/>`)
    } else {
      components['/' + file.replace(KINDS, '')] = true
    }
  }
  const names = Object.keys(components)
  for (const name of names) {
    write(name + '.json', '{"component": true}')
    write(name + '.js', 'Component({})')
    if (!files.includes(name.slice(1) + '.wxml')) write(name + '.wxml', '')
  }
  write('app.json', '{"pages": ["all"]}')
  write('app.js', 'App({})')
  write('all.js', 'Page({})')
  write('all.wxml', modules.join('\n') +
    names.map((name, i) => `<c${i}/>`).join('\n'))
  write('all.json', JSON.stringify({ usingComponents:
    Object.fromEntries(names.map((name, i) => ['c' + i, name])) }))
  const run = spawnSync(fcc, ['build', project, '--out',
    path.join(root, 'out'), '--format', 'json'],
    { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (run.status !== 0) {
    ++errors
    console.log(`${folder}: status ${run.status}\n${run.stdout}${run.stderr}`)
  }
}
console.log(`${total.wxml} templates, ${total.wxss} sheets, ${total.wxs} ` +
  `modules; ${errors} of ${folders.length} libraries have an error`)
process.exit(errors ? 1 : 0)
