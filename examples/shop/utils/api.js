const BASE = 'https://shop.example.com/api';

/** The server answered, but not with what was asked for. */
export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

const send = (options) =>
  new Promise((resolve, reject) => {
    wx.request({
      ...options,
      success: resolve,
      fail: ({ errMsg }) => reject(new ApiError(errMsg, 0)),
    });
  });

async function call(path, { method = 'GET', data } = {}) {
  const { statusCode, data: body } = await send({
    url: `${BASE}${path}`,
    method,
    data,
    header: { 'content-type': 'application/json' },
  });
  if (statusCode >= 400) {
    throw new ApiError(body?.message ?? `HTTP ${statusCode}`, statusCode);
  }
  return body;
}

export const fetchProducts = (page = 1) => call('/products', { data: { page } });
export const fetchProduct = (id) => call(`/products/${id}`);
export const createOrder = (items) =>
  call('/orders', { method: 'POST', data: { items } });
