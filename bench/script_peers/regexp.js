// Matching, captures and replacing.
function run() {
  var text = new Array(2001).join('joe@example.com, ann@test.org; ');
  var pattern = /(\w+)@(\w+)\.(com|org)/g, n = 0, match;
  while ((match = pattern.exec(text))) n += match[1].length;
  return n + text.replace(/[aeiou]+/g, function (v) {
    return v.toUpperCase();
  }).length + text.split(/[,;] /).length;
}
