// 20,000 numbers with a comparator, 5,000 strings without.
function run() {
  var numbers = [], strings = [], i;
  for (i = 0; i < 20000; i++) numbers.push((i * 7919) % 20011);
  for (i = 0; i < 5000; i++) strings.push('s' + ((i * 7919) % 5003));
  numbers.sort(function (a, b) { return a - b; });
  strings.sort();
  return numbers[10] + strings[10].length;
}
