// 200,000 appends.
function run() {
  var s = '';
  for (var i = 0; i < 200000; i++) s += 'x';
  return s.length;
}
