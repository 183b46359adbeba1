// SPDX-License-Identifier: Apache-2.0
//
// boot_node.js DIR: boot.js in a fresh node context, for comparison. Prints
// the milliseconds it took to standard error.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');

const directory = process.argv[2];
const context = vm.createContext({});
context.host = {
  read: (file) => {
    try {
      return fs.readFileSync(path.join(directory, file), 'utf8');
    } catch {
      return undefined;
    }
  },
  compile: (text, file) => vm.runInContext(text, context, { filename: file }),
  print: (line) => lines.push(line),
};
const lines = [];

(async () => {
  const begin = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  const step = vm.runInContext(
      fs.readFileSync(path.join(__dirname, 'boot.js'), 'utf8'), context,
      { filename: 'boot.js' });
  for (let more = true; more;) {
    try {
      more = step();
    } catch (error) {
      lines.push(`threw ${error && error.name}: ${error && error.message}`);
    }
    await new Promise(setImmediate);
  }
  const ms = Number(process.hrtime.bigint() - begin) / 1e6;
  const used = process.cpuUsage(cpu);
  const cpuMs = (used.user + used.system) / 1e3;
  process.stdout.write(lines.join('\n') + '\n');
  process.stderr.write(`${ms.toFixed(1)} ms, cpu ${cpuMs.toFixed(1)} ms\n`);
})();
