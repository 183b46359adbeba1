// Map and Set: filling, looking up, walking, removing.
function run() {
  var map = new Map(), set = new Set(), sum = 0, i;
  for (i = 0; i < 20000; i++) {
    map.set('k' + i, i);
    set.add(i % 5000);
  }
  for (i = 0; i < 20000; i++) sum += map.get('k' + i);
  map.forEach(function (value) { sum += value; });
  for (i = 0; i < 20000; i += 2) map.delete('k' + i);
  return sum + map.size + set.size;
}
