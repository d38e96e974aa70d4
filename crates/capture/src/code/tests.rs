use super::*;
use crate::{
    Note, Thing,
    walk::{Piece, walk},
};

const URL: &str = "https://h.example/a?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415&Signature=bWFkZSB1cCBzaWduYXR1cmU%3D";
const TARGET: &str = "/a?OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415&Signature=bWFkZSB1cCBzaWduYXR1cmU%3D";

/// The text with a URL where `URL` stands in quotes.
fn filled(code: &str) -> String {
    ['"', '\'', '`'].iter().fold(code.replace("TARGET", TARGET), |code, quote| {
        code.replace(&format!("{quote}URL{quote}"), &format!("{quote}{URL}{quote}"))
    })
}

/// The head of the one request in a text with a URL for `URL`, without its target, and what is said of it.
fn sent(code: &str) -> (String, Vec<Note>) {
    let code = filled(code);
    let mut out = Out::default();
    walk(code.as_bytes(), &mut out);
    let Some(Piece::Thing { thing: Thing::Request(request), .. }) = out.pieces.last() else { panic!("{code}: {out:?}") };
    let text = String::from_utf8(request.to_bytes()).unwrap().replace("\r\n", "\n").replace(TARGET, "/");
    (text.replace(" HTTP/1.1\nHost: h.example", ""), out.notes)
}

#[test]
fn verb_and_headers_are_read_in_several_languages() {
    for code in [
        "await fetch(\"URL\", {method: \"PUT\", headers: {\"Content-Type\": \"image/png\"}, body: file})",
        "  const res = await window.fetch('URL', {\n    method: 'put', // as signed\n    headers: new Headers({\n      'Content-Type': 'image/png',\n    }),\n    body: file,\n  });",
        "axios.put(`URL`, file, { headers: { 'Content-Type': 'image/png' } }).then(ok)",
        "axios({method:'put', url:'URL', headers:{'Content-Type':'image/png'}, data: file})",
        "$.ajax({ url: 'URL', type: 'PUT', contentType: 'image/png', data: file, processData: false })",
        "const url = 'URL';\nawait axios.put(url, file, {\n  headers: {'Content-Type': 'image/png'}})",
        "r = requests.put(\"URL\", data=f, headers={\"Content-Type\": \"image/png\"})",
        "with open('a.png', 'rb') as f:\n    r = self.session.put('https://h.example/a?'\n        'OSSAccessKeyId=CSIDEXAMPLE0001&Expires=1777631415'\n        '&Signature=bWFkZSB1cCBzaWduYXR1cmU%3D', data=f, headers={\n        'Content-Type': 'image/png'  # as signed\n    })",
        "upload_url = \"URL\"\nrequests.request(\"PUT\", upload_url, headers={'Content-Type': 'image/png'}, data=open('a', 'rb'))",
        "const xhr = new XMLHttpRequest()\nxhr.open('PUT', 'URL', true)\nxhr.upload.onprogress = (e) => show(e)\nxhr.setRequestHeader('Content-Type', 'image/png')\nxhr.send(file)",
        "xhr.open(\"PUT\", \"URL\"); xhr.setRequestHeader(\"Content-Type\", \"image/png\"); xhr.send(blob);",
        "url := \"URL\"\nreq, err := http.NewRequest(\"PUT\", url, bytes.NewReader(data))\nif err != nil {\n\tlog.Fatal(err)\n}\nreq.Header.Set(\"Content-Type\", \"image/png\")\nresp, err := http.DefaultClient.Do(req)",
        "req, err := http.NewRequestWithContext(ctx, http.MethodPut, \"URL\", file)\nreq.Header.Add(\"Content-Type\", \"image/png\")\nclient.Do(req)",
        "with open('a.png', 'rb') as f: requests.put('URL', data=f, headers={'Content-Type': 'image/png'})",
        "Invoke-WebRequest -Method Put -Uri \"URL\" -Headers @{ \"Content-Type\" = \"image/png\" } -InFile .\\a.png -UseBasicParsing",
        "PS C:\\> Invoke-RestMethod -Uri 'URL' `\n  -Method PUT `\n  -ContentType 'image/png' `\n  -InFile $file\nnext",
        "$url = 'URL'\n$r = iwr $url -Method Put -ContentType image/png -Body $bytes",
    ] {
        let (request, notes) = sent(code);
        assert_eq!((request.as_str(), notes), ("PUT /\nContent-Type: image/png\n", vec![Note::BodyMissing(None)]), "{code}");
    }
}

#[test]
fn what_is_no_literal_is_said_and_not_guessed() {
    let unknown = |name: &str| Note::Expression(name.to_owned());
    for (code, head, notes) in [
        (
            "fetch('URL', {method: 'PUT', headers: {'Content-Type': file.type, 'x-a': 'b'}, body: file})",
            "PUT /\nx-a: b\n",
            vec![unknown("Content-Type"), Note::BodyMissing(None)],
        ),
        (
            "xhr.open('PUT', 'URL')\nxhr.setRequestHeader('Content-Type', file.type)\nxhr.setRequestHeader('x-a', 'b')\nxhr.send(file)",
            "PUT /\nx-a: b\n",
            vec![unknown("Content-Type"), Note::BodyMissing(None)],
        ),
        ("requests.get('URL', params=more)", "GET /\n\n", vec![unknown("params")]),
        ("axios.put('URL', file, {headers})", "PUT /\n", vec![unknown("headers"), Note::BodyMissing(None)]),
        ("axios.put('URL', file)", "PUT /\n", vec![Note::TypeNotNamed, Note::BodyMissing(None)]),
        ("requests.put('URL', data=f, headers=dict(a='b'))", "PUT /\n", vec![unknown("headers"), Note::BodyMissing(None)]),
        (
            "fetch('URL', {method: 'PUT', headers: {...base, 'x-a': `${b}`}})",
            "PUT /\n\n",
            vec![unknown("headers"), unknown("x-a")],
        ),
    ] {
        assert_eq!(sent(code), (head.to_owned(), notes), "{code}");
    }
    let (_, notes) = sent("axios.put('URL', file, config)");
    assert_eq!(notes, [unknown("headers"), Note::BodyMissing(None)]);
    // Without a known verb there is a URL and no request.
    for code in ["fetch('URL', {method: verb, headers: {a: 'b'}})", "fetch('URL', options)", "fetch('URL', {...options})"] {
        let mut out = Out::default();
        walk(filled(code).as_bytes(), &mut out);
        assert!(matches!(out.pieces.as_slice(), [Piece::Thing { thing: Thing::Url(_), .. }]), "{out:?}");
        assert_eq!(out.notes, [unknown("method")], "{code}");
    }
}

#[test]
fn parameters_and_what_is_set_later_belong_to_the_request() {
    let (request, notes) = sent("requests.get('URL', params={'a-b': 'c d/e', 'f': g})");
    assert_eq!((request.as_str(), notes), ("GET /&a-b=c+d%2Fe\n\n", vec![Note::Expression("f".to_owned())]));
    // What is set for another request is not.
    let code = "req, _ := http.NewRequest(\"GET\", \"URL\", nil)\nother, _ := http.NewRequest(\"PUT\", b, nil)\n\
                other.Header.Set(\"x-a\", \"b\")";
    assert_eq!(sent(code), ("GET /\n\n".to_owned(), Vec::new()));
}

#[test]
fn bodies_are_those_that_are_literals_or_none() {
    let (request, notes) = sent("requests.post('URL', data='a=1', headers={'Content-Type': 'text/plain'})");
    assert_eq!((request.as_str(), notes.len()), ("POST /\nContent-Type: text/plain\n\na=1", 0));
    let (request, notes) = sent("requests.delete('URL', headers={'x-a': 'b'})");
    assert_eq!((request.as_str(), notes.len()), ("DELETE /\nx-a: b\n\n", 0));
}

#[test]
fn a_signature_in_a_header_is_read() {
    let code = "fetch('https://h.example/a', {\n  headers: {\n    Date: 'd',\n    Authorization: 'OSS CSIDEXAMPLE0001:bWFkZSB1cA=='\n  }\n})";
    let (request, _) = sent(code);
    assert_eq!(request, "GET /a\nDate: d\nAuthorization: OSS CSIDEXAMPLE0001:bWFkZSB1cA==\n\n");
}

#[test]
fn what_is_no_call_is_left_to_others() {
    for code in [
        "resty.New().R().SetHeader('a', 'b').\n  Put('URL')",
        "call\n  .setHeader('a', 'b')\n  .put('URL')",
        "fetch('URL')",
        "the fetch (see URL) fails",
        "cache.put('URL', 5)",
        "fetch(prefix + 'URL', {method: 'PUT'})",
        "fetch('URL', {method: 'PUT'",
        "fetch('https://h.example/', {method: 'PUT'})",
        "iwr a, b",
        "iwr ] 'URL' -Method Put",
        "axios.put([, 'URL'",
    ] {
        let mut out = Out::default();
        walk(filled(code).as_bytes(), &mut out);
        let is_other = |piece: &Piece| !matches!(piece, Piece::Thing { thing: Thing::Request(_), .. });
        assert!(out.pieces.iter().all(is_other), "{code}: {out:?}");
    }
}

/// One request, as the documents of each client make it.
#[test]
fn requests_that_are_made_in_steps_are_read() {
    for code in [
        // PHP
        "<?php\n$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'PUT');\ncurl_setopt($ch, CURLOPT_HTTPHEADER, ['Content-Type: image/png']);\ncurl_setopt($ch, CURLOPT_POSTFIELDS, file_get_contents('a.png'));\ncurl_setopt($ch, CURLOPT_RETURNTRANSFER, true);\n$res = curl_exec($ch);",
        "$ch = curl_init();\ncurl_setopt_array($ch, array(\n  CURLOPT_URL => 'URL',\n  CURLOPT_RETURNTRANSFER => true,\n  CURLOPT_CUSTOMREQUEST => \"PUT\",\n  CURLOPT_POSTFIELDS => $data,\n  CURLOPT_HTTPHEADER => array(\n    'Content-Type: image/png'\n  ),\n));\n$response = curl_exec($ch);",
        "$url = 'URL';\n$fp = fopen('a.png', 'r');\n$ch = curl_init($url);\ncurl_setopt($ch, CURLOPT_PUT, 1);\ncurl_setopt($ch, CURLOPT_INFILE, $fp);\ncurl_setopt($ch, CURLOPT_HTTPHEADER, array(\"Content-Type: image/png\"));\ncurl_exec($ch);",
        "$client->request('PUT', 'URL', ['headers' => ['Content-Type' => 'image/png'], 'body' => $file]);",
        "$client = new Client();\n$response = $client->put('URL', [\n  'headers' => ['Content-Type' => 'image/png'],\n  'body' => fopen('a.png', 'r'),\n]);",
        // OkHttp
        "Request request = new Request.Builder()\n    .url(\"URL\") // signed\n    .method(\"PUT\", body)\n    .addHeader(\"Content-Type\", \"image/png\")\n    .build();\nResponse response = client.newCall(request).execute();",
        "client.newCall(new Request.Builder().url(\"URL\").header(\"Content-Type\", \"image/png\").put(body).build()).enqueue(callback);",
        "val request = Request.Builder()\n  .url(url = \"URL\")\n  .put(file)\n  .addHeader(\"Content-Type\", \"image/png\")\n  .build()",
        "String url = \"URL\";\nRequest.Builder builder = new Request.Builder();\nbuilder.url(url);\nbuilder.put(body);\nbuilder.addHeader(\"Content-Type\", \"image/png\");\nclient.newCall(builder.build());",
        // Java
        "HttpRequest request = HttpRequest.newBuilder()\n  .uri(URI.create(\"URL\"))\n  .header(\"Content-Type\", \"image/png\")\n  .PUT(HttpRequest.BodyPublishers.ofFile(path))\n  .build();",
        "var request = HttpRequest.newBuilder(URI.create(\"URL\")).headers(\"Content-Type\", \"image/png\").method(\"PUT\", publisher).build();",
        "URL url = new URL(\"URL\");\nHttpURLConnection conn = (HttpURLConnection) url.openConnection();\nconn.setDoOutput(true);\nconn.setRequestMethod(\"PUT\");\nconn.setRequestProperty(\"Content-Type\", \"image/png\");\nconn.setRequestProperty(\"Content-Type\", type);\nOutputStream out = conn.getOutputStream();",
        "HttpPut put = new HttpPut(\"URL\");\nput.setHeader(\"Content-Type\", \"image/png\");\nput.setEntity(new FileEntity(file));\nclient.execute(put);",
        // Ruby
        "uri = URI(\"URL\")\nhttp = Net::HTTP.new(uri.host, uri.port)\nhttp.use_ssl = true\nrequest = Net::HTTP::Put.new(uri.request_uri)\nrequest[\"Content-Type\"] = \"image/png\"\nrequest.body = File.read('a.png')\nresponse = http.request(request)",
        "uri = URI.parse('URL')\nreq = Net::HTTP::Put.new(uri, { 'Content-Type' => 'image/png' })\nreq.body_stream = f\nreq.body = data",
        // .NET
        "var request = new HttpRequestMessage(HttpMethod.Put, \"URL\");\nvar content = new ByteArrayContent(bytes);\nrequest.Content = new StreamContent(file);\nrequest.Content.Headers.ContentType = new MediaTypeHeaderValue(\"image/png\");\nvar response = await client.SendAsync(request);",
        // Swift
        "var request = URLRequest(url: URL(string: \"URL\")!,timeoutInterval: Double.infinity)\nrequest.addValue(\"image/png\", forHTTPHeaderField: \"Content-Type\")\nrequest.httpMethod = \"PUT\"\nrequest.httpBody = postData\nlet task = URLSession.shared.dataTask(with: request) { data, response, error in",
        "let url = URL(string: \"URL\")!\nvar request = URLRequest(url: url)\nrequest.httpMethod = \"PUT\"\nrequest.httpBody = data\nrequest.setValue(\"image/png\", forHTTPHeaderField: \"Content-Type\")\n",
        // Rust
        "let client = reqwest::Client::new();\nlet res = client\n    .put(\"URL\")\n    .header(\"Content-Type\", \"image/png\")\n    .body(file)\n    .send()\n    .await?;",
        "let res = reqwest::Client::new().put(\"URL\").header(CONTENT_TYPE, \"image/png\").body(bytes).send()?;",
        "client.request(reqwest::Method::PUT, \"URL\").header(reqwest::header::CONTENT_TYPE, \"image/png\").body(bytes).send()",
        // Dart
        "final response = await http.put(\n  Uri.parse('URL'),\n  headers: {'Content-Type': 'image/png'},\n  body: bytes,\n);",
        "var request = http.Request('PUT', Uri.parse('URL'));\nrequest.body = content();\nrequest.headers.addAll({'Content-Type': 'image/png'});\nvar response = await request.send();",
        "await dioClient.put('URL', data: file.openRead(), options: Options(headers: {'Content-Type': 'image/png'}));",
        "webClient.put().uri(\"URL\").header(\"Content-Type\",\"image/png\").bodyValue(bytes).retrieve()",
        "AF.request(\"URL\", method: .put, headers: [\"Content-Type\": \"image/png\"], body: data)",
        "const res = await instance.put('URL', data, { headers: { 'Content-Type': 'image/png' } });",
        // With more in a block
        "response = Faraday.put('URL') do |req|\n  req.headers['Content-Type'] = 'image/png'\n  req.body = data\nend",
        "val response = client.put(\"URL\") {\n    header(\"Content-Type\", \"image/png\")\n    setBody(bytes)\n}\nheader(\"x-a\", \"b\")",
        "HTTParty.put('URL', headers: { 'Content-Type' => 'image/png' }, body: data)",
        // libcurl
        "CURL *curl = curl_easy_init();\ncurl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);\ncurl_easy_setopt(curl, CURLOPT_URL, \"URL\");\nstruct curl_slist *list = NULL;\nlist = curl_slist_append(list, \"Content-Type: image/png\");\ncurl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);\ncurl_easy_setopt(curl, CURLOPT_POSTFIELDS, data);",
        // What is made before it
        "var client = new RestClient(\"URL\");\nvar request = new RestRequest(Method.PUT);\nrequest.AddHeader(\"Content-Type\", \"image/png\");\nvar response = client.Execute(request);",
        "var content = new ByteArrayContent(bytes());\ncontent.Headers.ContentType = new MediaTypeHeaderValue(\"image/png\");\nvar response = await client.PutAsync(\"URL\", content);",
        "val mediaType = \"image/png\".toMediaType()\nval body = RequestBody.create(mediaType, file)\nval request = Request.Builder()\n  .url(\"URL\")\n  .put(body)\n  .build()",
        "val mediaType = \"image/png\".toMediaType()\nval body = file.asRequestBody(mediaType)\nval request = Request.Builder().url(\"URL\").put(body).build()",
        "$headers = [\n  'Content-Type' => 'image/png'\n];\n$request = new Request('PUT', 'URL', $headers, $body);\n$res = $client->sendAsync($request)->wait();",
        "let mut headers = reqwest::header::HeaderMap::new();\nheaders.insert(\"Content-Type\", \"image/png\".parse()?);\nlet request = client.request(reqwest::Method::PUT, \"URL\")\n    .headers(headers)\n    .body(data);",
        "$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n$headers.Add(\"Content-Type\", \"image/png\")\n\n$response = Invoke-RestMethod 'URL' -Method 'PUT' -Headers $headers -Body $body",
        // JavaScript and Python
        "const options = {\n  method: 'PUT',\n  hostname: 'h.example',\n  path: 'TARGET',\n  headers: {\n    'Content-Type': 'image/png'\n  }\n};\nconst req = https.request(options, (res) => {\n  console.log(res.statusCode);\n});\nreq.write(data);\nreq.end();",
        "conn = http.client.HTTPSConnection(\"h.example\")\npayload = read()\nheaders = {\n  'Content-Type': 'image/png'\n}\nconn.request(\"PUT\", \"TARGET\", payload, headers)\nres = conn.getresponse()",
        "superagent.put('URL').set('Content-Type', 'image/png').send(file).end(done)",
        "request = urllib.request.Request('URL', data=data, method='PUT')\nrequest.add_header('Content-Type', 'image/png')\nurllib.request.urlopen(request)",
        "const xhr = new XMLHttpRequest();\nxhr.open('PUT', 'URL');\nxhr.onload = () => { if (xhr.status == 200) done(); };\nxhr.setRequestHeader('Content-Type', 'image/png');\nxhr.send(file);",
    ] {
        let (request, mut notes) = sent(code);
        notes.retain(|note| !matches!(note, Note::BodyMissing(None)));
        if code.contains("Property(\"Content-Type\", type)") {
            assert_eq!(notes, [Note::Expression("Content-Type".into())]);
            notes.clear();
        }
        // Constants of Rust are in small letters.
        let request = request.replace("content-type", "Content-Type");
        assert_eq!((request.as_str(), notes), ("PUT /\nContent-Type: image/png\n", Vec::new()), "{code}");
    }
}

#[test]
fn a_verb_that_is_not_named_follows_from_what_is() {
    for (code, expected) in [
        ("$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_HTTPHEADER, ['x-a: b']);", "GET /\nx-a: b\n\n"),
        ("$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_NOBODY, true);", "HEAD /\n\n"),
        ("$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_POST, 1);\ncurl_setopt($ch, CURLOPT_POST, false);", "POST /\n\n"),
        (
            "$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_POSTFIELDS, 'a=1');",
            "POST /\nContent-Type: application/x-www-form-urlencoded\n\na=1",
        ),
        ("urllib.request.Request('URL', data=b'a', headers={'Content-Type': 'x/y'})", "POST /\nContent-Type: x/y\n\na"),
        ("new Request.Builder().url(\"URL\").addHeader(\"x-a\", \"b\").build()", "GET /\nx-a: b\n\n"),
        ("new Request.Builder().url(\"URL\").head().build()", "HEAD /\n\n"),
        ("new Request.Builder().url(\"URL\").delete().build()", "DELETE /\n\n"),
        ("HttpRequest.newBuilder().uri(URI.create(\"URL\")).DELETE().build()", "DELETE /\n\n"),
    ] {
        assert_eq!(sent(code).0, expected, "{code}");
    }
}

#[test]
fn what_an_option_or_setter_does_not_say_is_said() {
    let unknown = |name: &str| Note::Expression(name.to_owned());
    for (code, head, expected) in [
        (
            "$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'PUT');\ncurl_setopt($ch, CURLOPT_HTTPHEADER, $headers);",
            "PUT /\n\n",
            vec![unknown("headers")],
        ),
        (
            "$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'PUT');\ncurl_setopt($ch, CURLOPT_HTTPHEADER, ['Content-Type: ' . $type, 'x-a: b']);",
            "PUT /\nx-a: b\n\n",
            vec![unknown("Content-Type")],
        ),
        (
            "new Request.Builder().url(\"URL\").put(body).addHeader(\"x-a\", a()).build()",
            "PUT /\n",
            vec![unknown("x-a"), Note::TypeNotNamed, Note::BodyMissing(None)],
        ),
        ("client.get(\"URL\").withHeaders(all()).send();\nclient.getHeader(\"x-b\")", "GET /\n\n", vec![unknown("headers")]),
        (
            "request = Net::HTTP::Put.new(URI('URL'))\nrequest['Content-Type'] = type\nother['x-b'] = 'c'",
            "PUT /\n\n",
            vec![unknown("Content-Type")],
        ),
    ] {
        assert_eq!(sent(code), (head.to_owned(), expected), "{code}");
    }
    // Without a known verb there is a URL and no request.
    for code in [
        "$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_CUSTOMREQUEST, $verb);",
        "$ch = curl_init('URL');\ncurl_setopt_array($ch, $options);",
        "new Request.Builder().url(\"URL\").method(verb, body).build()",
    ] {
        let mut out = Out::default();
        walk(filled(code).as_bytes(), &mut out);
        assert!(matches!(out.pieces.as_slice(), [Piece::Thing { thing: Thing::Url(_), .. }]), "{out:?}");
        assert_eq!(out.notes, [unknown("method")], "{code}");
    }
}

#[test]
fn names_stand_for_the_literals_above() {
    for code in [
        "headers = {\n    'Content-Type': 'image/png',\n}\nr = requests.put('URL', data=f, headers=headers)",
        "url = \"URL\"\nheaders = {\"Content-Type\": \"image/png\"}\nwith open('a', 'rb') as f:\n    requests.put(url, data=f, headers=headers)",
        "const headers = { 'Content-Type': 'image/png' };\nawait fetch('URL', { method: 'PUT', headers, body: file });",
        "const headers = { 'Content-Type': 'image/png' };\nawait fetch('URL', { method: 'PUT', headers: {...headers}, body: file });",
        "const contentType = 'image/png';\nconst method = 'PUT';\nfetch('URL', {method, headers: {'Content-Type': contentType}, body: file})",
        "const myHeaders = new Headers();\nmyHeaders.append(\"Content-Type\", \"image/png\");\n\nconst requestOptions = {\n  method: \"PUT\",\n  headers: myHeaders,\n  body: file,\n  redirect: \"follow\"\n};\n\nfetch(\"URL\", requestOptions)\n  .then((response) => response.text())",
        "let config = {\n  method: 'put',\n  maxBodyLength: Infinity,\n  url: 'URL',\n  headers: { \n    'Content-Type': 'image/png'\n  },\n  data : data\n};\n\naxios.request(config)\n.then((response) => {",
        "$headers = ['Content-Type: image/png'];\n$ch = curl_init('URL');\ncurl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'PUT');\ncurl_setopt($ch, CURLOPT_POSTFIELDS, $data);\ncurl_setopt($ch, CURLOPT_HTTPHEADER, $headers);",
        "$headers = @{ 'Content-Type' = 'image/png' }\nInvoke-RestMethod -Uri 'URL' -Method Put -Headers $headers -InFile a.png",
        "$headers = New-Object \"System.Collections.Generic.Dictionary[[String],[String]]\"\n$params = @{\n  Uri = 'URL'\n  Method = 'Put'\n  ContentType = 'image/png'\n  InFile = 'a.png'\n}\nInvoke-RestMethod @params",
    ] {
        let (request, notes) = sent(code);
        assert_eq!((request.as_str(), notes), ("PUT /\nContent-Type: image/png\n", vec![Note::BodyMissing(None)]), "{code}");
    }
    let code = "data = 'a=1'\nheaders = {'Content-Type': 'x/y'}\nrequests.post('URL', data=data, headers=headers)";
    assert_eq!(sent(code), ("POST /\nContent-Type: x/y\n\na=1".into(), Vec::new()));
    // Of two literals, neither is known to be the one.
    let code = "headers = {'x-a': 'b'}\nif late:\n    headers = {'x-a': 'c'}\nrequests.get('URL', headers=headers)";
    assert_eq!(sent(code), ("GET /\n\n".into(), vec![Note::Expression("headers".into())]));
}

#[test]
fn bodies_in_what_is_made_of_a_literal_are_read() {
    for (code, expected) in [
        ("http.NewRequest(\"PUT\", \"URL\", strings.NewReader(\"a=1\"))", "PUT /\n\na=1"),
        ("http.NewRequest(\"PUT\", \"URL\", bytes.NewBufferString(\"a=1\"))", "PUT /\n\na=1"),
        ("http.NewRequest(\"PUT\", \"URL\", bytes.NewReader([]byte(\"a=1\")))", "PUT /\n\na=1"),
        ("body := `a=1`\nreq, err := http.NewRequest(\"PUT\", \"URL\", strings.NewReader(body))", "PUT /\n\na=1"),
        ("http.Post(\"URL\", \"x/y\", strings.NewReader(\"a=1\"))", "POST /\nContent-Type: x/y\n\na=1"),
        ("requests.put('URL', data=b\"a=1\")", "PUT /\n\na=1"),
        ("fetch('URL', {method: 'PUT', body: new Blob([\"a=\", \"1\"])})", "PUT /\n\na=1"),
        ("fetch('URL', {method: 'PUT', body: new Blob(['a=1'], {type: 'x/y'})})", "PUT /\nContent-Type: x/y\n\na=1"),
        ("HttpRequest.newBuilder(URI.create(\"URL\")).PUT(BodyPublishers.ofString(\"a=1\")).build()", "PUT /\n\na=1"),
        (
            "MediaType mediaType = MediaType.parse(\"text/plain\");\nRequestBody body = RequestBody.create(mediaType, \"a=1\");\n\
             Request request = new Request.Builder().url(\"URL\").method(\"PUT\", body).addHeader(\"Content-Type\", \"text/plain\").build();",
            "PUT /\nContent-Type: text/plain; charset=utf-8\n\na=1",
        ),
        (
            "await client.PutAsync(\"URL\", new StringContent(\"a=1\", Encoding.UTF8, \"x/y\"));",
            "PUT /\nContent-Type: x/y; charset=utf-8\n\na=1",
        ),
    ] {
        assert_eq!(sent(code).0, expected, "{code}");
    }
}
