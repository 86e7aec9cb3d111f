// Saves the chart as PNG: the picture drawn by the browser, twice its size. Without a script there is no such button.
document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("#save-png");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const picture = new Image();
    picture.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * picture.width;
      canvas.height = 2 * picture.height;
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = "trends.png";
        link.click();
        URL.revokeObjectURL(link.href);
      });
    });
    picture.src = button.dataset.picture;
  });
});
