// Never shows a page from the browser's back-forward cache: the person may have signed out since. Over plain http, Safari caches even pages that
// must not be stored.

addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  document.body.hidden = true;
  // Requests the address again instead of reloading, because a reload would send a form a second time.
  location.replace(location.pathname + location.search);
});
