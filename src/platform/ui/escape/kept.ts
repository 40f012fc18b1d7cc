// What a browser kept of a page as it was, to show it to who goes back, is never shown: since then somebody may have signed out. Safari keeps also
// what it was told not to store, where that came by plain http.

addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  document.body.hidden = true;
  // Asked for anew, and not reloaded: what a form was answered with would be sent once more.
  location.replace(location.pathname + location.search);
});
