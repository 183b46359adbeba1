// Objects, closures, methods and prototypes.
function Point(x, y) { this.x = x; this.y = y; }
Point.prototype.add = function (other) {
  return new Point(this.x + other.x, this.y + other.y);
};
function run() {
  var sum = new Point(0, 0), list = [];
  for (var i = 0; i < 20000; i++) {
    list.push({ id: i, name: 'n' + i, at: new Point(i, 1) });
  }
  list.map(function (item) { return item.at; }).filter(function (at) {
    return at.x & 1;
  }).forEach(function (at) { sum = sum.add(at); });
  return sum.x + sum.y;
}
