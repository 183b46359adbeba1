// SPDX-License-Identifier: Apache-2.0
//
// node test262.js FCC TEST262 [--seed N] [--times F] [--all] [--via MODE]
//                 [--least PERCENT] [--jobs N] [--only TEXT] [--list]
//
// Runs a sample of tc39/test262 (the checkout TEST262) on `fcc eval --test262`
// and prints what fails, by folder and by reason. The sample takes a quota from
// every folder of syntax, shuffled by a seed; --times multiplies the quotas,
// --all adds the folders of built-ins. One mode a test; modules, shared memory
// and features beyond ES2022 are left out.
//
// --via eval (the default) gives `fcc eval` the test's own text; --via transform
// lowers it with `fcc transform` first, and runs that.
//
// Exit code 1 when fewer than --least percent of the positive tests of the
// language pass (those of BigInt aside), or a negative one of the phase `parse`
// gets to run.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const {execFile} = require('child_process');

function Option(name, fallback) {
  const at = process.argv.indexOf('--' + name);
  return at < 0 ? fallback : process.argv[at + 1];
}

const [fcc, root] = process.argv.slice(2);
const seed = Number(Option('seed', 12345));
const times = Number(Option('times', 1));
const least = Number(Option('least', 97));
const jobs = Number(Option('jobs', os.cpus().length));
const via = Option('via', 'eval');
const only = Option('only', '');
const withBuiltIns = process.argv.includes('--all');
const listsAll = process.argv.includes('--list');
if (!fcc || !root) {
  console.error('usage: test262.js FCC TEST262 [flags]');
  process.exit(2);
}

const kQuotas = {};
function SetQuotas(folder, quotas) {
  for (const [names, quota] of quotas) {
    for (const name of names.split(' ')) {
      kQuotas[folder + name] = quota;
    }
  }
}
SetQuotas('language/expressions/', [
  ['arrow-function', 40], ['class', 70],
  ['generators async-function async-arrow-function async-generator', 25],
  ['object', 40],
  ['template-literal tagged-template optional-chaining coalesce', 25],
  ['logical-assignment exponentiation array call new.target super', 25],
  ['yield await', 25], ['assignment function', 40],
]);
SetQuotas('language/statements/', [
  ['class', 70], ['let const for-of', 40], ['for-await-of', 40],
  ['generators async-function async-generator for for-in function', 20],
  ['variable try switch block labeled return throw while', 20],
]);
SetQuotas('language/', [
  ['block-scope', 25], ['destructuring', 15], ['rest-parameters', 11],
  ['computed-property-names arguments-object', 20], ['function-code', 15],
  ['literals', 30], ['types identifiers', 15],
]);
if (withBuiltIns) {
  SetQuotas('built-ins/', [
    ['Map Set', 45], ['WeakMap', 30], ['WeakSet', 20], ['Promise', 90],
    ['Proxy', 60], ['Reflect', 50], ['Symbol', 30], ['Array', 110],
    ['ArrayIteratorPrototype', 10], ['String', 60],
    ['StringIteratorPrototype', 5], ['Object', 70], ['Function', 30],
    ['GeneratorPrototype', 25], ['AsyncGeneratorPrototype', 12],
    ['AsyncFunction', 6], ['RegExp', 70], ['JSON Math Number', 25],
    ['Error NativeErrors', 10], ['TypedArray', 25], ['Date Iterator', 20],
    ['globalThis', 2], ['BigInt', 8], ['WeakRef', 6],
  ]);
}

// Later than ES2022, or not for an engine without modules and agents.
const kLeftOut = new Set(`Temporal import-defer source-phase-imports decorators
  explicit-resource-management ShadowRealm Atomics SharedArrayBuffer
  regexp-v-flag regexp-modifiers regexp-duplicate-named-groups iterator-helpers
  iterator-sequencing joint-iteration set-methods promise-try Array.fromAsync
  array-grouping json-parse-with-source RegExp.escape Math.sumPrecise
  Float16Array uint8array-base64 upsert immutable-arraybuffer
  resizable-arraybuffer arraybuffer-transfer Error.isError import-attributes
  json-modules import-text import-bytes change-array-by-copy
  String.prototype.isWellFormed await-dictionary
  nonextensible-applies-to-private tail-call-optimization cross-realm
  caller`.split(/\s+/));

function ReadMeta(text) {
  const front = /\/\*---([\s\S]*?)---\*\//.exec(text);
  if (!front) {
    return null;
  }
  const list = (key) => {
    const inline = new RegExp(`^${key}:\\s*\\[([^\\]]*)\\]`, 'm').exec(front[1]);
    if (inline) {
      return inline[1].split(',').map((item) => item.trim()).filter(Boolean);
    }
    const lines =
        new RegExp(`^${key}:\\s*\\n((?:\\s+-.*\\n?)+)`, 'm').exec(front[1]);
    return !lines ? [] : lines[1].split('\n')
        .map((line) => line.replace(/^\s*-\s*/, '').trim()).filter(Boolean);
  };
  const negative =
      /negative:\s*\n\s+phase:\s*(\w+)\s*\n\s+type:\s*(\w+)/.exec(front[1]);
  return {
    flags: list('flags'), includes: list('includes'),
    features: list('features'),
    negative: negative && {phase: negative[1], type: negative[2]},
  };
}

// None where this edition of the suite has no such folder.
function FilesUnder(directory) {
  if (!fs.existsSync(directory)) {
    return [];
  }
  return fs.readdirSync(directory, {withFileTypes: true}).flatMap((entry) => {
    const name = directory + '/' + entry.name;
    if (entry.isDirectory()) {
      return FilesUnder(name);
    }
    return name.endsWith('.js') && !/_FIXTURE/.test(name) ? [name] : [];
  });
}

function TakeSample() {
  let state = seed;
  const random = () =>
      (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const sample = [];
  for (const folder in kQuotas) {
    const files = FilesUnder(`${root}/test/${folder}`).map((file) => {
      const text = fs.readFileSync(file, 'utf8');
      return {file, folder, text, meta: ReadMeta(text)};
    }).filter(({meta}) => meta && !meta.flags.includes('module') &&
        !meta.flags.includes('CanBlockIsFalse') &&
        !meta.features.some((feature) => kLeftOut.has(feature)));
    for (let i = files.length - 1; i > 0; --i) {
      const j = Math.floor(random() * (i + 1));
      [files[i], files[j]] = [files[j], files[i]];
    }
    sample.push(...files.slice(0, Math.ceil(kQuotas[folder] * times)));
  }
  return sample.filter(({file}) => file.includes(only));
}

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'fcc-test262-'));
process.on('exit', () => fs.rmSync(scratch, {recursive: true, force: true}));

function Run(args) {
  return new Promise((resolve) => {
    execFile(fcc, args, {timeout: 60000, maxBuffer: 1 << 26},
             (error, stdout, stderr) => resolve({
               code: !error ? 0 : typeof error.code === 'number' ? error.code :
                     error.signal || 'killed',
               stdout, stderr}));
  });
}

async function Judge(test, slot) {
  const {meta, text} = test;
  const raw = meta.flags.includes('raw');
  const harness = raw ? [] : ['assert.js', 'sta.js',
      ...(meta.flags.includes('async') ? ['doneprintHandle.js'] : []),
      ...meta.includes].map((name) => `${root}/harness/${name}`);
  let program = `${scratch}/${slot}.js`;
  fs.writeFileSync(program, (meta.flags.includes('onlyStrict') && !raw ?
      '"use strict";\n' : '') + text);
  let result = {code: 0, stdout: '', stderr: ''};
  if (via === 'transform') {
    const lowered = `${scratch}/${slot}.out.js`;
    result = await Run(['transform', '--script', program, '-o', lowered]);
    program = lowered;
    if (result.code === 1) {
      result.stderr = 'SyntaxError: ' + result.stderr;
    }
  }
  if (result.code === 0) {
    result = await Run(['eval', '--test262', '--timeout', '30000', ...harness,
                        program]);
  }
  const said = result.stderr.trim();
  const stoppedBefore = result.code === 1 && said.startsWith('SyntaxError:');
  if (result.code !== 0 && result.code !== 1) {
    return `exit ${result.code}`;
  }
  if (meta.negative) {
    const {phase, type} = meta.negative;
    const holds = phase === 'runtime' ?
        result.code === 1 && said.startsWith(`Uncaught ${type}`) :
        stoppedBefore;
    return holds ? null : `negative (${phase}) not rejected: ${said}`;
  }
  if (result.code !== 0) {
    return said || 'failed';
  }
  if (meta.flags.includes('async') &&
      !result.stdout.includes('Test262:AsyncTestComplete')) {
    return 'async: ' + (result.stdout.trim() || 'never completed');
  }
  return null;
}

async function Main() {
  const sample = TakeSample();
  let next = 0;
  await Promise.all(Array.from({length: jobs}, async (_, slot) => {
    while (next < sample.length) {
      const test = sample[next++];
      test.reason = await Judge(test, slot);
    }
  }));

  const Group = ({folder, meta}) =>
      folder.startsWith('built-ins') ?
      (meta.features.includes('BigInt') ? 'built-ins, BigInt' : 'built-ins') :
      meta.negative ?
      (meta.negative.phase === 'runtime' ? 'language, negative at run time' :
                                           'language, early errors') :
      meta.features.includes('BigInt') ? 'language, BigInt' : 'language';
  const groups = {};
  for (const test of sample) {
    const group = groups[Group(test)] ??= {all: 0, passed: 0};
    ++group.all;
    group.passed += test.reason === null;
  }
  const failures = sample.filter((test) => test.reason !== null);
  for (const {file, meta, reason} of failures) {
    const line = reason.split('\n')[0].slice(0, 150);
    console.log(`${path.relative(root + '/test', file)}` +
                `${meta.features.includes('BigInt') ? ' [BigInt]' : ''}` +
                `  ${listsAll ? reason : line}`);
  }
  for (const [name, {all, passed}] of Object.entries(groups)) {
    console.log(`${name}: ${passed} of ${all}, ` +
                `${(100 * passed / all).toFixed(2)} %`);
  }
  const language = groups['language'] || {all: 1, passed: 1};
  const early = groups['language, early errors'] || {all: 0, passed: 0};
  process.exitCode = 100 * language.passed / language.all < least ||
      early.passed < early.all ? 1 : 0;
}

Main();
