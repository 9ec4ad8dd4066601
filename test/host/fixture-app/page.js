globalThis.pageSecret = 'page';
globalThis.atStart = typeof globalThis.fixture;
addEventListener('DOMContentLoaded', () => {
  document.getElementById('file').addEventListener('change', (event) => {
    globalThis.paths = [...event.target.files].map((file) => globalThis.fixture.pathOf(file));
  });
});
addEventListener('load', () => {
  globalThis.ready = true;
});
