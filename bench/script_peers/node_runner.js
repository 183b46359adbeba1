// SPDX-License-Identifier: Apache-2.0
//
// node_runner.js FILE RUNS: what fcc_runner does, on node.
'use strict';
const fs = require('fs');
const vm = require('vm');

(async () => {
  const context = vm.createContext({});
  vm.runInContext(fs.readFileSync(process.argv[2], 'utf8'), context);
  const drain = () => new Promise(setImmediate);
  await drain();
  const walls = [];
  const cpu = [];
  let value;
  for (let i = 0; i < Number(process.argv[3]); ++i) {
    const usage = process.cpuUsage();
    const begin = process.hrtime.bigint();
    value = context.run();
    await drain();
    walls.push(Number(process.hrtime.bigint() - begin) / 1e6);
    const used = process.cpuUsage(usage);
    cpu.push((used.user + used.system) / 1e3);
  }
  if (context.result) {
    value = context.result();
  }
  console.log(`${walls[0].toFixed(2)} ${Math.min(...walls).toFixed(2)} ` +
              `${Math.min(...cpu).toFixed(2)} ${value}`);
})();
