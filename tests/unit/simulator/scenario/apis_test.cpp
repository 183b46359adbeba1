// SPDX-License-Identifier: Apache-2.0
//
// What the simulator answers, as an app sees it: callbacks, promises, results
// and messages are those of the platform.

#include <gtest/gtest.h>

#include "tests/unit/simulator/scenario/project_run.h"

namespace fcc::scenario {
namespace {

// Runs `script` in a page's onLoad; what it logged.
std::string Log(std::string_view script) {
  ProjectRun run({
      {"p.wxml", "<canvas type=\"2d\" id=\"c\"/>"},
      {"p.js", base::format(
                   "const log = (...all) => console.log(all.map(x =>"
                   " x instanceof Error ? x.message :"
                   " typeof x === 'string' ? x : JSON.stringify(x)).join(' '));"
                   "Page({{onLoad() {{ const page = this;\n{}\n}} }})",
                   script)},
  });
  run.Launch();
  run.session->Idle();
  run.session->Advance(100);
  return run.Trace() + run.Errors();
}

TEST(Apis, CallbacksThenComplete) {
  EXPECT_EQ(Log("wx.setStorage({key: 'k', data: {a: [1]},"
                " success: r => log('s', r), complete: r => log('c', r)});"
                "log('first');"),
            "first\ns {\"errMsg\":\"setStorage:ok\"}\n"
            "c {\"errMsg\":\"setStorage:ok\"}\n");
}

TEST(Apis, PromisesWithoutCallbacks) {
  EXPECT_EQ(Log("wx.setStorage({key: 'k', data: 1})"
                ".then(() => wx.getStorage({key: 'k'}))"
                ".then(r => log(r)).then(() => wx.getStorage({key: 'x'}))"
                ".catch(e => log(e));"
                "log(wx.getStorage({key: 'k', success() {}}) === undefined);"),
            "true\n{\"data\":1,\"errMsg\":\"getStorage:ok\"}\n"
            "{\"errMsg\":\"getStorage:fail data not found\"}\n");
}

TEST(Apis, StorageKeepsValuesWithinLimits) {
  EXPECT_EQ(Log("const o = {a: 1}; wx.setStorageSync('o', o); o.a = 2;"
                "log(wx.getStorageSync('o'), wx.getStorageSync('none'));"
                "try { wx.setStorageSync('big', 'x'.repeat(1100000)); }"
                "catch (e) { log(e); }"
                "try { wx.setStorageSync(); } catch (e) { log(e); }"
                "log(wx.getStorageInfoSync().keys);"
                "wx.removeStorageSync('o'); log(wx.getStorageInfoSync());"),
            "{\"a\":1} \n"
            "setStorageSync:fail exceed storage item max length\n"
            "setStorageSync:fail parameter error: parameter.key should be "
            "String instead of Undefined;\n"
            "[\"o\"]\n"
            "{\"keys\":[],\"currentSize\":0,\"limitSize\":10240}\n");
}

TEST(Apis, FilesAndFolders) {
  EXPECT_EQ(
      Log("const fs = wx.getFileSystemManager(), d = wx.env.USER_DATA_PATH;"
          "fs.mkdirSync(d + '/a/b', true);"
          "fs.writeFileSync(d + '/a/b/t.txt', 'hello', 'utf8');"
          "fs.appendFileSync(d + '/a/b/t.txt', '!', 'utf8');"
          "log(fs.readFileSync(d + '/a/b/t.txt', 'utf8'),"
          " fs.readFileSync(d + '/a/b/t.txt').byteLength,"
          " fs.readFileSync(d + '/a/b/t.txt', 'base64'));"
          "log(fs.readdirSync(d + '/a'), fs.statSync(d + '/a/b/t.txt').size);"
          "fs.copyFileSync(d + '/a/b/t.txt', d + '/c'); fs.unlinkSync(d + "
          "'/c');"
          "for (const bad of [() => fs.readFileSync(d + '/no'),"
          " () => fs.rmdirSync(d + '/a'), () => fs.mkdirSync(d + '/a'),"
          " () => fs.writeFileSync(d + '/x/y', '')])"
          " { try { bad(); log('no error'); } catch (e) { log(e); } }"
          "fs.rmdirSync(d + '/a', true);"
          "fs.access({path: d + '/a', fail: e => log(e)});"),
      "hello! 6 aGVsbG8h\n[\"b\"] 6\n"
      "readFileSync:fail no such file or directory, open 'wxfile://usr/no'\n"
      "rmdirSync:fail directory not empty\n"
      "mkdirSync:fail file already exists, mkdir 'wxfile://usr/a'\n"
      "writeFileSync:fail no such file or directory, open 'wxfile://usr/x/y'\n"
      "{\"errMsg\":\"access:fail no such file or directory, access "
      "'wxfile://usr/a'\"}\n");
}

TEST(Apis, ObjectsTellTheirListeners) {
  EXPECT_EQ(Log("const m = wx.getUpdateManager();"
                "m.onCheckForUpdate(r => log(r));"
                "const a = wx.createInnerAudioContext(); a.src = 'x.mp3';"
                "a.onPlay(() => log('play')); a.onStop(() => log('stop'));"
                "a.play(); a.stop(); a.destroy();"
                "const s = wx.connectSocket({url: 'wss://x'});"
                "s.onError(e => log(e)); s.onClose(e => log(e.code));"),
            "{\"hasUpdate\":false}\nplay\nstop\n"
            "{\"errMsg\":\"wss://x is not mocked\"}\n1006\n");
}

// iView's notice bar changes the option of an animation that it keeps in data.
TEST(Apis, AnimationsCollectSteps) {
  EXPECT_EQ(
      Log("const a = wx.createAnimation({duration: 100});"
          "a.translateX(5).step().scale(2).width(10).translateX().step({"
          " delay: 7, transformOrigin: '0 0'}); log(a.export());"
          "a.option.transition.duration = 3;"
          "log(a.opacity(.5).step().export().actions[0].option);"
          "log(a.export());"
          "const kept = Object.assign({}, a); log(kept.rotate(9).step()"
          " .export().actions[0].animates.map(one => one.type));"),
      "{\"actions\":[{\"animates\":[{\"type\":\"translateX\",\"args\":[5]}],"
      "\"option\":{\"transition\":{\"duration\":100,\"timingFunction\":"
      "\"linear\",\"delay\":0},\"transformOrigin\":\"50% 50% 0\"}},"
      "{\"animates\":[{\"type\":\"translateX\",\"args\":[0]},"
      "{\"type\":\"scale\",\"args\":[2,2]},"
      "{\"type\":\"style\",\"args\":[\"width\",\"10px\"]}],"
      "\"option\":{\"transition\":{\"duration\":100,\"timingFunction\":"
      "\"linear\",\"delay\":7},\"transformOrigin\":\"0 0\"}}]}\n"
      "{\"transition\":{\"duration\":3,\"timingFunction\":\"linear\","
      "\"delay\":0},\"transformOrigin\":\"50% 50% 0\"}\n"
      "{\"actions\":[]}\n"
      "[\"translateX\",\"scale\",\"style\",\"style\",\"rotate\"]\n");
}

TEST(Apis, WhatAUserPicks) {
  EXPECT_EQ(
      Log("wx.chooseImage({success(r) { log(r.tempFilePaths.length,"
          " r.tempFiles[0].path === r.tempFilePaths[0]); } });"
          "wx.chooseMedia({mediaType: ['video'], success(r) {"
          " log(r.type, r.tempFiles[0].fileType); } });"
          "wx.getLocation({success(r) { log(typeof r.latitude); } });"
          "wx.showActionSheet({itemList: ['a'], success(r) { log(r); } });"
          "wx.showActionSheet({itemList: [], fail(e) { log(e); } });"
          "wx.showModal({success(r) { log(r.confirm, r.cancel); } });"
          "wx.login({success(r) { log(r.code.length > 0); } });"
          "wx.getUserProfile({desc: 'x', success(r) {"
          " log(JSON.parse(r.rawData).nickName === r.userInfo.nickName); "
          "} });"),
      "1 true\nvideo video\nnumber\n"
      "{\"tapIndex\":0,\"errMsg\":\"showActionSheet:ok\"}\n"
      "{\"errMsg\":\"showActionSheet:fail parameter error: itemList "
      "should not be empty\"}\n"
      "true false\ntrue\ntrue\n");
}

TEST(Apis, PathsOfCanvasesAreDrawn) {
  EXPECT_EQ(Log("const c = wx.createOffscreenCanvas();"
                "const p = c.createPath2D();"
                "p.moveTo(0, 0); p.arc(1, 1, 1, 0, 6); p.addPath(p);"
                "p.closePath(); c.getContext('2d').fill(p); log('drawn');"),
            "drawn\n");
}

TEST(Apis, CanvasesTakeCalls) {
  EXPECT_EQ(
      Log("const c = wx.createCanvasContext('c'); c.setFillStyle('red');"
          "c.fillRect(0, 0, 1, 1); c.draw(false, () => log('drawn'));"
          "this.createSelectorQuery().select('#c').fields({node: true,"
          " size: true}).exec(res => { const canvas = res[0].node;"
          "  const x = canvas.getContext('2d'); x.fillStyle = 'red';"
          "  x.save(); x.arc(1, 1, 1, 0, 1); x.restore();"
          "  log(x.measureText('ab').width > 0,"
          "      x.getImageData(0, 0, 2, 2).data.length,"
          "      x.getImageData(0, 0, NaN, -2.5).data.length);"
          "  const i = canvas.createImage(); i.onload = () => log('image');"
          "  i.src = 'a.png'; const gl = canvas.getContext('webgl');"
          "  gl.viewport(0, 0, 1, 1); log(gl.getError() + '');"
          "  canvas.requestAnimationFrame(t => log(typeof t)); });"),
      "drawn\ntrue 16 0\n0\nimage\nnumber\n");
}

TEST(Apis, AdsAnswerWithPromises) {
  EXPECT_EQ(Log("const ad = wx.createInterstitialAd({adUnitId: 'x'});"
                "ad.onLoad(() => {}); ad.show().then(() => log('shown'));"),
            "shown\n");
}

TEST(Apis, CanIUse) {
  EXPECT_EQ(Log("log(wx.canIUse('getStorageSync'), wx.canIUse('nothing'),"
                " wx.canIUse('button.open-type.share'),"
                " wx.canIUse('FileSystemManager.readFile'));"),
            "true false true true\n");
}

TEST(Apis, CloudIsCounted) {
  EXPECT_EQ(Log("wx.cloud.init({env: 'x'});"
                "wx.cloud.callFunction({name: 'f', fail: e => log(e)});"
                "wx.cloud.database().collection('c').where({}).get()"
                ".catch(e => log(e));"),
            "{\"errMsg\":\"cloud.callFunction:fail not supported by this "
            "host\"}\n"
            "{\"errMsg\":\"cloud.get:fail not supported by this host\"}\n");
}

TEST(Apis, CloudTransfersAreTasks) {
  EXPECT_EQ(Log("const task = wx.cloud.downloadFile({fileID: 'f',"
                " fail: e => log('failed')});"
                "task.onProgressUpdate(() => {});"
                "wx.cloud.uploadFile({}).catch(() => log('rejected'));"),
            "failed\nrejected\n");
}

TEST(Apis, CameraFramesAreSwitchedOn) {
  EXPECT_EQ(Log("const listener = wx.createCameraContext()"
                ".onCameraFrame(() => {});"
                "listener.start({success: () => log('on')});"
                "listener.stop();"),
            "on\n");
}

// As the libraries ask before they draw.
TEST(Apis, WebglTellsWhatItIs) {
  EXPECT_EQ(Log("const gl = wx.createOffscreenCanvas().getContext('webgl');"
                "log(/^WebGL ([0-9])/.exec(gl.getParameter(gl.VERSION))[1]);"
                "const shader = gl.createShader(gl.VERTEX_SHADER);"
                "gl.compileShader(shader);"
                "log(gl.getShaderParameter(shader, gl.COMPILE_STATUS),"
                " gl.getParameter(gl.MAX_TEXTURE_SIZE) >= 64,"
                " gl.getShaderPrecisionFormat(1, 2).precision > 0,"
                " gl.getParameter(123));"),
            "1\ntrue true true null\n");
}

TEST(Apis, Worklets) {
  EXPECT_EQ(
      Log("const {shared, derived, timing, Easing} = wx.worklet;"
          "const x = shared(1), y = derived(() => x.value * 2);"
          "x.value = timing(5, {easing: Easing.cubicBezier(0, 0, 1, 1)},"
          " () => log('end')); log(x.value, y.value);"
          "log(typeof wx.router.getRouteContext(this).primaryAnimation);"),
      "5 10\nobject\nend\n");
}

}  // namespace
}  // namespace fcc::scenario
