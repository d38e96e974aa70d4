const res = await fetch("https://photos-ex.oss-cn-hangzhou.aliyuncs.com/2024/a%20b.jpg?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1710495045&Signature=whuFIfpvvLuQ%2FURQKIyS80GVNV8%3D", {
  method: "PUT",
  headers: { "Content-Type": "application/octet-stream" },
  body: file,
});
