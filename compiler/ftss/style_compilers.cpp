// SPDX-License-Identifier: Apache-2.0

#include "compiler/ftss/style_compilers.h"

namespace fcc::ftss {

// Lines and columns of less count from 1 and 0, those of sass from 0 and 0
// (`span`) or 1 and 1 (the older renderSync).
const std::string_view kStyleCompilersProgram = R"js(
'use strict';
const {fileURLToPath} = require('url');
const tool = require(process.argv[1]);

const pathOf = (place) => {
  const text = place ? String(place) : '';
  return text.startsWith('file:') ? fileURLToPath(text) : text;
};

async function less(path) {
  const bytes = require('fs').readFileSync(path, 'utf8');
  try {
    const made = await tool.render(bytes.replace(/^\uFEFF/, ''), {
      filename: path,
      javascriptEnabled: true,
      sourceMap: {disableSourcemapAnnotation: true},
    });
    return {css: made.css, map: made.map, files: made.imports};
  } catch (error) {
    return {error: {
      message: `${error.type || ''}Error: ${error.message}`,
      path: error.filename,
      line: error.line,
      column: error.column + 1,
    }};
  }
}

function sass(path, paths) {
  try {
    if (!tool.compile) {
      const made = tool.renderSync({
        file: path, includePaths: paths, charset: false,
        sourceMap: path + '.map', omitSourceMapUrl: true,
      });
      return {css: String(made.css), map: String(made.map),
              files: made.stats.includedFiles};
    }
    const made = tool.compile(path, {
      loadPaths: paths, charset: false, sourceMap: true,
      logger: tool.Logger.silent,
    });
    return {css: made.css, map: JSON.stringify(made.sourceMap),
            files: made.loadedUrls.map(pathOf)};
  } catch (error) {
    const start = error.span && error.span.start;
    return {error: {
      message: error.sassMessage ||
          String(error.message).split('\n')[0].replace(/^Error: /, ''),
      path: error.span ? pathOf(error.span.url) : error.file,
      line: start ? start.line + 1 : error.line,
      column: start ? start.column + 1 : error.column,
    }};
  }
}

let input = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (part) => { input += part; });
process.stdin.on('end', async () => {
  const request = JSON.parse(input);
  const compile = {less, sass}[request.tool];
  const answers = [];
  for (const path of request.sheets) {
    answers.push(await compile(path, request.paths));
  }
  // On a line of its own: plugins may print.
  process.stdout.write('\n' + JSON.stringify(answers) + '\n');
});
)js";

}  // namespace fcc::ftss
