// There and back, 2,000 records.
var records = [];
for (var i = 0; i < 2000; i++) {
  records.push({
    id: i, name: 'item ' + i, tags: ['a', 'b'], price: i / 3,
    nested: { ok: true, none: null },
  });
}
function run() {
  return JSON.stringify(JSON.parse(JSON.stringify(records))).length;
}
