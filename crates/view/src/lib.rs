//! `view!` with the syntax of Leptos, written out as one kind of view (`src/view`).
//!
//! Leptos gives every element, attribute and closure a type of its own, and the wasm a copy of the
//! code for each: half of what a citizen would download. Here an element is data, and one piece of
//! code builds all of them (docs/decisions/0003). The macro knows the syntax and nothing of what is
//! shown; components, signals and contexts are Leptos' own.

use proc_macro::TokenStream;
use proc_macro2::{Span, TokenStream as Tokens};
use quote::{quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::spanned::Spanned;
use syn::{Error, Expr, ExprLit, Ident, Lit};

/// Elements, texts and blocks in the syntax of Leptos' `view!`, as one `View`.
///
/// Known of it: elements (SVG too), components with named properties and children, text in quotes,
/// `{blocks}`, attributes, `class:name=`, `style:name=`, `prop:name=`, `on:event=`, `node_ref=`.
///
/// # Errors
/// Does not compile with anything else.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    let nodes = match rstml::parse2(tokens.into()) {
        Ok(nodes) => nodes,
        Err(error) => return error.into_compile_error().into(),
    };
    match children(&nodes, false) {
        Ok(children) => match <[Tokens; 1]>::try_from(children) {
            Ok([only]) => only.into(),
            Err(several) => quote!(::jobnet_web::view::View::many(vec![#(#several),*])).into(),
        },
        Err(error) => {
            let error = error.into_compile_error();
            quote!({ #error }).into()
        }
    }
}

/// One expression of type `View` for each node.
fn children(nodes: &[Node], in_svg: bool) -> Result<Vec<Tokens>, Error> {
    nodes
        .iter()
        .filter(|node| !matches!(node, Node::Comment(_)))
        .map(|n| child(n, in_svg))
        .collect()
}

fn child(node: &Node, in_svg: bool) -> Result<Tokens, Error> {
    match node {
        Node::Element(element) if is_component(element.name()) => component(element),
        Node::Element(element) => self::element(element, in_svg),
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote!(::jobnet_web::view::View::text(#text)))
        }
        Node::Block(NodeBlock::ValidBlock(block)) => {
            // The braces belong to the markup, not to the expression.
            let statements = &block.stmts;
            Ok(match &statements[..] {
                [syn::Stmt::Expr(expression, None)] => {
                    quote!(::jobnet_web::view::IntoView::into_view(#expression))
                }
                _ => quote!(::jobnet_web::view::IntoView::into_view(#block)),
            })
        }
        Node::Fragment(fragment) => {
            let inside = children(&fragment.children, in_svg)?;
            Ok(quote!(::jobnet_web::view::View::many(vec![#(#inside),*])))
        }
        other => Err(Error::new(other.span(), "view! has no such part; text stands in quotes")),
    }
}

fn is_component(name: &NodeName) -> bool {
    match name {
        NodeName::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident.to_string().starts_with(|c: char| c.is_uppercase())),
        _ => false,
    }
}

/// `<Name a=b c>children</Name>`, by the builder that `#[component]` made.
fn component(element: &NodeElement<rstml::Infallible>) -> Result<Tokens, Error> {
    let name = element.name();
    let mut properties = Vec::new();
    for attribute in element.attributes() {
        let attribute = keyed(attribute)?;
        let key = Ident::new(&attribute.key.to_string(), attribute.key.span());
        // `<Name a/>` is `<Name a=a/>`.
        let value = attribute.value().map_or_else(|| quote!(#key), |value| quote!(#value));
        properties.push(quote_spanned!(attribute.key.span()=> .#key(#value)));
    }
    if !element.children.is_empty() {
        let inside = children(&element.children, false)?;
        properties.push(quote! {
            .children(::std::boxed::Box::new(move || ::jobnet_web::view::View::many(vec![#(#inside),*])))
        });
    }
    Ok(quote! {
        ::jobnet_web::view::component(|| ::leptos::component::component_view(
            #name,
            ::leptos::component::component_props_builder(&#name) #(#properties)* .build()
        ))
    })
}

fn element(element: &NodeElement<rstml::Infallible>, in_svg: bool) -> Result<Tokens, Error> {
    let tag = element.name().to_string();
    let is_svg = in_svg || tag == "svg";
    let mut fixed = Vec::new();
    let mut parts = Vec::new();
    for attribute in element.attributes() {
        let attribute = keyed(attribute)?;
        let key = attribute.key.to_string();
        match attribute.value() {
            None => fixed.push(quote!((#key, ""))),
            Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) if !key.contains(':') => {
                fixed.push(quote!((#key, #text)));
            }
            Some(value) => parts.push(part(&key, bare(value), attribute.key.span())?),
        }
    }
    let inside = children(&element.children, is_svg)?;
    Ok(quote!({
        let mut element = ::jobnet_web::view::Element::new(#tag, #is_svg, &[#(#fixed),*]);
        #(element.#parts;)*
        #(element.child(#inside);)*
        ::jobnet_web::view::View::Element(element)
    }))
}

/// The expression in `name={expression}`.
fn bare(value: &Expr) -> &Expr {
    match value {
        Expr::Block(block) => match &block.block.stmts[..] {
            [syn::Stmt::Expr(only, None)] => only,
            _ => value,
        },
        _ => value,
    }
}

/// The call that adds one attribute, property, class, style or listener.
fn part(key: &str, value: &Expr, span: Span) -> Result<Tokens, Error> {
    Ok(match key.split_once(':') {
        None if key == "node_ref" => quote!(node_ref(#value)),
        None => quote!(attribute(#key, ::jobnet_web::view::IntoValue::into_value(#value))),
        Some(("class", name)) => {
            quote!(class(#name, ::jobnet_web::view::IntoFlag::into_flag(#value)))
        }
        Some(("style", name)) => {
            quote!(style(#name, ::jobnet_web::view::IntoValue::into_value(#value)))
        }
        Some(("prop", name)) => {
            quote!(property(#name, ::jobnet_web::view::IntoValue::into_value(#value)))
        }
        Some(("on", name)) => {
            let event = Ident::new(name, span);
            quote!(on(#name, ::leptos::ev::#event, #value))
        }
        Some((kind, _)) => return Err(Error::new(span, format!("view! knows no `{kind}:`"))),
    })
}

fn keyed(attribute: &NodeAttribute) -> Result<&KeyedAttribute, Error> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => Err(Error::new(block.span(), "write name=value")),
    }
}
