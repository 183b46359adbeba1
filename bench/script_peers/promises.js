// A chain of 10,000 reactions and 2,000 promises joined.
var total = 0;
function run() {
  var chain = Promise.resolve(0), many = [], i;
  for (i = 0; i < 10000; i++) {
    chain = chain.then(function (n) { return n + 1; });
  }
  for (i = 0; i < 2000; i++) many.push(Promise.resolve(i));
  Promise.all([chain, Promise.all(many)]).then(function (values) {
    total = values[0] + values[1].length;
  });
  return 0;
}
function result() { return total; }
