// Shows this page anew when a build has changed it. `playground serve --watch` puts it into the pages that it
// sends; no published page has it.
{
  const { version } = document.currentScript.dataset;
  const address = `/.watch/versions?page=${encodeURIComponent(location.pathname)}`;
  let versions = null;

  const listen = () => {
    versions?.close();
    // A browser keeps six connections to one host: tabs that nobody looks at must not take them all. The server
    // tells the version at once, so that such a tab is up to date as soon as it is looked at.
    if (document.visibilityState === 'hidden') return;
    versions = new EventSource(address);
    versions.onmessage = ({ data }) => {
      if (data === version) return;
      versions.close();
      location.reload();
    };
    versions.onerror = () => {
      // Most browsers try again by themselves while the server is away; some give up.
      if (versions.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };

  document.addEventListener('visibilitychange', listen);
  listen();
}
