const { contextBridge, ipcRenderer, webUtils } = require('electron');

globalThis.preloadSecret = 'only here';
const received = [];
ipcRenderer.on('message', (_event, ...args) => received.push(args));
ipcRenderer.on('pong', (_event, value) => received.push(['pong', value]));

contextBridge.exposeInMainWorld('fixture', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  send: (channel, ...args) => ipcRenderer.send(channel, ...args),
  received: () => received,
  on: (channel, listener) => {
    const forward = (_event, ...args) => listener(...args);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.removeListener(channel, forward);
  },
  twice: (callback) => callback(callback(2)),
  later: async (value) => ({ value }),
  refuse: () => {
    throw new RangeError('too far');
  },
  sum: (numbers) => numbers.reduce((a, b) => a + b, 0),
  isDate: (value) => value instanceof Date,
  nested: { list: [1, { two: 2 }], when: new Date(86_400_000) },
  pathOf: (file) => webUtils.getPathForFile(file),
  seesPage: () => typeof globalThis.pageSecret,
  platform: process.platform,
  type: process.type,
});
