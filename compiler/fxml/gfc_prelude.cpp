// SPDX-License-Identifier: Apache-2.0

#include "compiler/fxml/gfc_prelude.h"

namespace fcc::fxml {

// A scope s is {d: data, l: loop variables, m: script modules by name, c: the
// files being included}. A node is what FinClip's SDK takes from wcc's output;
// "virtual" nodes stand for what has no element, and are taken out unless the
// web view asks to keep them.
static constexpr std::string_view kPrelude = R"js(
var U={},P={},X={},D=0,H=Object.prototype.hasOwnProperty;
function W(m){if(typeof console!=="undefined"&&console.warn)console.warn(m)}
// A member of a script module that may yet be called.
function R(v){this.v=v}
// Copies: what scripts and views hand each other is never shared.
function Y(v,f){var r,i;
if(typeof v==="function")return f?v:null;
if(v===null||typeof v!=="object")return v;
i=Object.prototype.toString.call(v);
if(i==="[object Date]")return new Date(+v);
if(i==="[object RegExp]")return new RegExp(v.source,(v.global?"g":"")+(v.ignoreCase?"i":"")+(v.multiline?"m":""));
if(i==="[object Array]"){r=[];for(i=0;i<v.length;i++)r[i]=Y(v[i],f);return r}
r={};for(i in v)if(H.call(v,i))r[i]=Y(v[i],f);return r}
// exports of a script module, run when first asked for
function Q(p){var m=X[p];if(!m&&H.call(P,p)){m=X[p]={exports:{}};
try{P[p].call(void 0,m,Q)}catch(e){if(typeof console!=="undefined"&&console.error)console.error(e)}}
return m?m.exports:undefined}
// a name in a scope; N where it may be a script module's
function n(s,k){for(var l=s.l;l;l=l.u){if(l.j===k)return l.n;if(l.i===k)return l.v}
return s.d!==null&&s.d!==undefined&&H.call(s.d,k)?s.d[k]:undefined}
function N(s,k){return H.call(s.m,k)?new R(Q(s.m[k])):n(s,k)}
// a member; G where the object may be a script module
function g(o,k){var v;if(o===null||o===undefined||k===undefined||k==="__proto__"||k==="prototype"||k==="caller")return undefined;
if(typeof o==="object"||typeof o==="function"){if(!H.call(o,k))return undefined;v=o[k]}else if(typeof o==="string"&&H.call(Object(o),k))v=o[k];
return typeof v==="function"?undefined:v}
function G(o,k){if(!(o instanceof R))return g(o,k);
return new R(o.v===null||o.v===undefined?undefined:o.v[k])}
function v(x){return x instanceof R?Y(x.v,1):x}
function c(f,a){if(!(f instanceof R)||typeof f.v!=="function")return undefined;
try{return Y(f.v.apply(null,Y(a)))}catch(e){if(typeof console!=="undefined"&&console.error)console.error(e)}}
// a part of a text
function t(x){return x===undefined?"":""+x}
function e(a){var r={},i,j;for(i=0;i<a.length;i++){j=a[i];if(j!==null&&j!==undefined)for(j in Object(a[i]))if(H.call(Object(a[i]),j))r[j]=a[i][j]}return r}
function f(a){return Array.prototype.concat.apply([],a)}
function V(r){var x={tag:"virtual",children:[]};r.children.push(x);return x}
// an element: attributes as [name, value, …], generics likewise
function E(r,g,a,x){var y={tag:"wx-"+g,attr:{},children:[],n:[],raw:{},generics:{}},i,k,z;
for(i=0;i<a.length;i+=2){k=a[i];z=a[i+1];if(z instanceof R){z=v(z);if(typeof z==="function"){k="$wxs:"+k;y.attr.$gdc=Y}}y.attr[k]=z}
if(x)for(i=0;i<x.length;i+=2)y.generics["wx-"+x[i]]=x[i+1]===""?"":"wx-"+x[i+1];
r.children.push(y);return y}
function L(s,r,a,i,j,k,b){var y=Object.prototype.toString.call(a),x,w=V(r);w.wxXCkey=2;
function one(o,p,d){x={tag:"virtual",children:[]};if(d!==undefined)x.wxKey=d;w.children.push(x);
b({d:s.d,m:s.m,c:s.c,l:{u:s.l,i:i,j:j,v:o,n:p}},x)}
function key(o){return k&&o?k==="*this"?o:o[k]:undefined}
if(y==="[object Array]")for(y=0;y<a.length;y++)one(a[y],y,key(a[y]));
else if(y==="[object Object]"){for(y in a)if(H.call(a,y))one(a[y],y,key(a[y]))}
else if(y==="[object String]")for(y=0;y<a.length;y++)one(a.charAt(y),y,a.charAt(y)+y);
else if(y==="[object Number]")for(y=0;y<a&&y<=100000;y++)one(y,y,y)}
function F(u,k){var i;if(H.call(u.t,k))return[u,u.t[k]];
for(i=u.i.length;i--;)if(U[u.i[i]]&&H.call(U[u.i[i]].t,k))return[U[u.i[i]],U[u.i[i]].t[k]]}
function T(u,k,d,r){var x=F(u,t(k)),y;if(!x){W("Template `"+k+"` not found.");return}
if(D>=200){W("template `"+k+"` uses itself too deep; what is below is left out");return}
y=V(r);y.wxXCkey=3;y.wxVkey=u.p+":"+k;D++;
try{x[1]({d:d!==null&&typeof d==="object"?d:{},l:null,m:x[0].m,c:null},y)}finally{D--}}
function I(p,s,r){var x;if(!U[p]){W("included file `"+p+"` not found");return}
for(x=s.c;x;x=x.u)if(x.p===p){W("`"+p+"` includes itself");return}
U[p].f({d:s.d,l:s.l,m:s.m,c:{u:s.c,p:p}},r)}
// takes the virtual nodes out
function O(x){var a=[],i,j;for(i=0;i<x.children.length;i++){j=x.children[i];
if(j!==null&&typeof j==="object"){O(j);if(j.tag==="virtual"){a=a.concat(j.children);continue}delete j.n}a.push(j)}
x.children=a;return x}
)js";

std::string_view GfcPrelude() {
  return kPrelude.substr(1);
}

}  // namespace fcc::fxml
